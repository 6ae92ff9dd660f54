import Link from "next/link";

/** The name with its sign: five ticks of a scale, the middle one tall. */
export function Wordmark({ href = "/" }: { href?: string | undefined }) {
  return (
    <Link href={href} className="wordmark" prefetch={false}>
      <svg width="22" height="18" viewBox="0 0 22 18" aria-hidden="true">
        <path
          d="M1 17h20M2 17v-5M6.5 17v-5M11 17V2M15.5 17v-5M20 17v-5"
          stroke="currentColor"
          strokeWidth="2"
          fill="none"
        />
      </svg>
      Bandwise
    </Link>
  );
}
