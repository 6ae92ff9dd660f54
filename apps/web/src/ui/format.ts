// Dates, times and figures as the words of the look ask for them. Dates always take the time zone they are told in:
// the server's own zone is nobody's.

type Instant = Date | number | string;

const formatters = new Map<string, Intl.DateTimeFormat>();

function inZone(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** “2 March 2026” */
export function formatDate(at: Instant, timeZone: string): string {
  return inZone(timeZone, { day: "numeric", month: "long", year: "numeric" }).format(new Date(at));
}

/** “2 Mar 2026”, for dense tables. */
export function formatShortDate(at: Instant, timeZone: string): string {
  const date = new Date(at);
  const month = inZone(timeZone, { month: "long" }).format(date).slice(0, 3);
  const day = inZone(timeZone, { day: "numeric" }).format(date);
  return `${day} ${month} ${inZone(timeZone, { year: "numeric" }).format(date)}`;
}

/** “Saturday 6 June 2026” */
export function formatWeekdayDate(at: Instant, timeZone: string): string {
  return `${inZone(timeZone, { weekday: "long" }).format(new Date(at))} ${formatDate(at, timeZone)}`;
}

/** “14:38” */
export function formatTime(at: Instant, timeZone: string): string {
  return inZone(timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** “2 March 2026, 14:38” */
export function formatDateTime(at: Instant, timeZone: string): string {
  return `${formatDate(at, timeZone)}, ${formatTime(at, timeZone)}`;
}

/** “11:24”, or “1:05:00” from an hour on; a started second counts until it is over. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** “50 h 10 min”, “25 min”, “40 s”. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const minute = 60_000;
const units = [
  { name: "year", size: 365 * 24 * 60 * minute },
  { name: "month", size: 30 * 24 * 60 * minute },
  { name: "week", size: 7 * 24 * 60 * minute },
  { name: "day", size: 24 * 60 * minute },
  { name: "hour", size: 60 * minute },
  { name: "minute", size: minute },
] as const;

/** “in 12 weeks”, “3 days ago”, “now”. Months begin only past fifteen weeks: until then people count in weeks. */
export function formatAway(from: Instant, to: Instant): string {
  const difference = new Date(to).getTime() - new Date(from).getTime();
  const size = Math.abs(difference);
  if (size < minute) return "now";
  const unit = units.find(({ name, size: unitSize }) =>
    name === "month" ? size >= 15 * 7 * 24 * 60 * minute : name === "week" ? size >= 2 * unitSize : size >= unitSize,
  );
  if (unit === undefined) return "now";
  const words = formatCount(Math.floor(size / unit.size), unit.name, `${unit.name}s`);
  return difference > 0 ? `in ${words}` : `${words} ago`;
}

/** “1 result”, “176 results”. */
export function formatCount(count: number, one: string, many: string): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}

/** “12,480” */
export function formatInteger(value: number): string {
  return new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 }).format(value);
}

/** Fixed digits with a true minus: “−0.14”. */
export function formatFixed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(?=.*[1-9])/, "−")
    .replace(/^-/, "");
}

/** “+0.08”, “−0.14”, “0.00”. */
export function formatSigned(value: number, digits: number): string {
  const text = formatFixed(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A mark has one decimal: “6.5”. */
export function formatMark(value: number): string {
  return formatFixed(value, 1);
}

/** “65.00 %”, the value given in percent; a narrow no-break space keeps figure and sign together. */
export function formatPercent(value: number, digits = 2): string {
  return `${formatFixed(value, digits)}\u202f%`;
}

/** “6.20–6.80” */
export function formatRange(low: number, high: number, digits = 2): string {
  return `${formatFixed(low, digits)}–${formatFixed(high, digits)}`;
}
