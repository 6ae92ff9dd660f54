export const print = (name: string, value: string): void => console.log(`  ${name.padEnd(34)} ${value}`);
export const ms = (value: number): string => `${value.toFixed(2)} ms`;

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
