"use client";

import type { Interaction } from "@bandwise/core/bank/schema";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { moved } from "../client/answers.ts";
import type { AnswerProps } from "./answer-props.ts";

/** A list to put in order with buttons: up, down. The order shown counts once it has been touched or confirmed. */
export function Ordering({
  interaction,
  value,
  disabled,
  onValueChange,
}: AnswerProps & { interaction: Extract<Interaction, { type: "ordering" }> }) {
  const [said, setSaid] = useState("");
  const given = interaction.elements.map((element) => element.id);
  const order =
    Array.isArray(value) && value.length === given.length && value.every((id) => given.includes(id)) ? value : given;
  const move = (from: number, to: number, text: string) => {
    onValueChange(moved(order, from, to));
    setSaid(`${text}: now ${to + 1} of ${order.length}`);
  };
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="stem mb-4">{interaction.stem}</legend>
      <ol className="grid gap-2.5">
        {order.map((id, index) => {
          const text = interaction.elements.find((element) => element.id === id)?.text ?? "";
          return (
            <li
              key={id}
              className="flex items-center gap-3 rounded-control border border-line-strong bg-surface py-2 pr-2 pl-4"
            >
              <span className="w-6 font-semibold text-ink-3 tabular-nums">{index + 1}</span>
              <span className="min-w-0 flex-1">{text}</span>
              <Button
                variant="quiet"
                size="lg"
                iconOnly
                disabled={index === 0}
                aria-label={`Move up: ${text}`}
                onClick={() => move(index, index - 1, text)}
                icon={<ArrowUp className="ico" aria-hidden="true" />}
              />
              <Button
                variant="quiet"
                size="lg"
                iconOnly
                disabled={index === order.length - 1}
                aria-label={`Move down: ${text}`}
                onClick={() => move(index, index + 1, text)}
                icon={<ArrowDown className="ico" aria-hidden="true" />}
              />
            </li>
          );
        })}
      </ol>
      {value === null ? (
        <p className="mt-4 text-body text-ink-2">
          Not answered yet. <Button onClick={() => onValueChange(order)}>This order is right</Button>
        </p>
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </fieldset>
  );
}
