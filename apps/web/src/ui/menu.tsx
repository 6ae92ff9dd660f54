"use client";

import type { ReactElement, ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";

export type MenuEntry = {
  id: string;
  label: string;
  icon?: ReactNode;
  href?: string | undefined;
  tone?: "plain" | "bad" | undefined;
  disabled?: boolean | undefined;
};

/** Actions behind one button. */
export function Menu({
  trigger,
  label,
  items,
  onAction,
}: {
  trigger: ReactElement;
  label: string;
  items: readonly MenuEntry[];
  onAction?: ((id: string) => void) | undefined;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="menu-popover" placement="bottom end">
        <AriaMenu
          aria-label={label}
          className="outline-none"
          disabledKeys={items.filter((item) => item.disabled).map((item) => item.id)}
          {...(onAction === undefined ? {} : { onAction: (key) => onAction(String(key)) })}
        >
          {items.map((item) => (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              className="menu-item"
              data-tone={item.tone}
              {...(item.href === undefined ? {} : { href: item.href })}
            >
              {item.icon}
              {item.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
