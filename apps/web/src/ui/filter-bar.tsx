"use client";

import { ChevronDown, Search, SlidersHorizontal, X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState, useTransition } from "react";
import { PressButton } from "./press-button.tsx";
import type { SelectOption } from "./select.tsx";

/**
 * Filters that live in the address: a plain GET form, sent by itself as soon as a choice is made (a search when the
 * hand rests). A changed filter starts the list from its beginning, so the page's number is dropped; `keep` names
 * further parameters that stay, such as the sorting.
 */
export function FilterBar({
  children,
  keep = {},
  resetHref,
  label = "Filter the list",
}: {
  children: ReactNode;
  keep?: Readonly<Record<string, string | undefined>> | undefined;
  /** Shown as “Clear” while any filter is set. */
  resetHref?: string | undefined;
  label?: string | undefined;
}) {
  const router = useRouter();
  const path = usePathname();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [pending, startTransition] = useTransition();

  useEffect(() => () => clearTimeout(timer.current), []);

  function send() {
    clearTimeout(timer.current);
    if (form.current === null) return;
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === "string" && value.trim() !== "") params.append(name, value.trim());
    }
    const query = params.toString();
    startTransition(() => router.replace(query === "" ? path : `${path}?${query}`, { scroll: false }));
  }

  return (
    <search aria-label={label}>
      <form
        ref={form}
        action={path}
        className="filter-bar"
        aria-busy={pending}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onChange={(event) => {
          clearTimeout(timer.current);
          const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
          timer.current = setTimeout(send, typing ? 300 : 0);
        }}
      >
        {Object.entries(keep).map(([name, value]) =>
          value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        {children}
        {resetHref === undefined ? null : (
          <Link
            href={resetHref}
            className="filter-clear"
            scroll={false}
            prefetch={false}
            onClick={() => form.current?.reset()}
          >
            <X className="size-3.5" aria-hidden="true" />
            Clear
          </Link>
        )}
      </form>
    </search>
  );
}

/** Filters that few lists are narrowed by, behind a button; open from the start while one of them is set. */
export function FilterMore({ set, children }: { set: number; children: ReactNode }) {
  const [open, setOpen] = useState(set > 0);
  const id = useId();
  return (
    <>
      <PressButton
        variant="quiet"
        size="sm"
        icon={<SlidersHorizontal className="ico" aria-hidden="true" />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {set > 0 ? `More filters, ${set} set` : "More filters"}
      </PressButton>
      {/* Hidden, not gone: what is set goes on counting. */}
      <div id={id} hidden={!open} className={open ? "contents" : undefined}>
        {children}
      </div>
    </>
  );
}

export function FilterSearch({
  name,
  label,
  placeholder,
  defaultValue,
}: {
  name: string;
  label: string;
  placeholder?: string | undefined;
  defaultValue?: string | undefined;
}) {
  return (
    <label className="filter-search">
      <span className="sr-only">{label}</span>
      <Search aria-hidden="true" />
      <input
        type="search"
        name={name}
        placeholder={placeholder ?? label}
        // A new address (cleared, or a link elsewhere) brings its own value.
        key={defaultValue === undefined ? "empty" : "set"}
        defaultValue={defaultValue}
        className="input"
      />
    </label>
  );
}

export function FilterSelect({
  name,
  label,
  options,
  defaultValue,
}: {
  name: string;
  label: string;
  options: readonly SelectOption[];
  defaultValue?: string | undefined;
}) {
  const id = useId();
  return (
    <span className="filter-select" data-set={defaultValue ? "" : undefined}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select id={id} name={name} defaultValue={defaultValue ?? ""} key={defaultValue ?? ""}>
        {options.some(({ value }) => value === "") ? null : <option value="">{label}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" />
    </span>
  );
}

export function FilterCheck({
  name,
  value = "1",
  defaultChecked,
  children,
}: {
  name: string;
  value?: string | undefined;
  defaultChecked?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <label className="filter-check">
      <input type="checkbox" name={name} value={value} defaultChecked={defaultChecked} key={String(defaultChecked)} />
      <span>{children}</span>
    </label>
  );
}
