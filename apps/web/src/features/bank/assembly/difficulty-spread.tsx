"use client";

import { SvgAt } from "@/ui/svg-at.tsx";
import { difficultyText } from "../names.ts";

interface DifficultyRow {
  readonly level: string;
  readonly centre: number;
  readonly items: readonly { readonly id: string; readonly difficulty: number; readonly anchor: boolean }[];
}

const [lowest, highest] = [-3.5, 3.5];
const rowHeight = 22;
/** Room for the level's name. */
const left = 8;
const place = (logits: number): string =>
  `${left + ((Math.min(highest, Math.max(lowest, logits)) - lowest) / (highest - lowest)) * (98 - left)}%`;

/** Each item of a section at its difficulty, level by level, against where the level lies as a rule; anchors are hollow. */
export function DifficultySpread({ rows, label }: { rows: readonly DifficultyRow[]; label: string }) {
  const base = rows.length * rowHeight;
  return (
    <svg width="100%" height={base + 20} role="img" aria-label={label} className="tabular-nums" overflow="visible">
      {[-3, -2, -1, 0, 1, 2, 3].map((logits) => (
        <SvgAt key={logits} x={place(logits)}>
          <path d={`M0 0V${base}`} className="ruler-grid" />
          <text y={base + 15} textAnchor="middle" className="ruler-numeral">
            {difficultyText(logits).replace(".00", "")}
          </text>
        </SvgAt>
      ))}
      {rows.map((row, index) => (
        <g key={row.level}>
          <SvgAt x="0" y={index * rowHeight + rowHeight / 2}>
            <text dy="0.35em" className="ruler-numeral">
              {row.level}
            </text>
          </SvgAt>
          <SvgAt x={place(row.centre)} y={index * rowHeight}>
            <path d={`M0 3V${rowHeight - 3}`} className="stroke-ink" strokeWidth="2" />
          </SvgAt>
          {row.items.map((item, at) => (
            <SvgAt key={item.id} x={place(item.difficulty)} y={index * rowHeight + rowHeight / 2}>
              <circle
                // In two lanes, so that neighbours do not cover each other.
                cy={row.items.length === 1 ? 0 : at % 2 === 0 ? -4.5 : 4.5}
                r="4"
                className={item.anchor ? "fill-surface stroke-accent" : "fill-accent stroke-accent"}
                strokeWidth="1.5"
              />
            </SvgAt>
          ))}
        </g>
      ))}
    </svg>
  );
}
