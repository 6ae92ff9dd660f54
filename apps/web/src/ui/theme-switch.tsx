"use client";

import { useEffect, useState } from "react";
import { Segmented } from "./segmented.tsx";
import { readTheme, type Theme, themeCookie } from "./theme.ts";

const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

function remember(theme: Theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const life = theme === "system" ? "max-age=0" : "max-age=31536000";
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it on the next request, so that the first paint is right
  document.cookie = `${themeCookie}=${theme}; path=/; ${life}; SameSite=Lax${secure}`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function ThemeSwitch({ legend = "Colours" }: { legend?: string | undefined }) {
  const [theme, setTheme] = useState<Theme>("system");
  // The page was rendered with the right theme; the switch only learns after mounting which one that is.
  useEffect(() => setTheme(readTheme(document.documentElement.dataset.theme)), []);
  return (
    <Segmented
      legend={legend}
      name="theme"
      size="sm"
      options={options}
      value={theme}
      onValueChange={(value) => {
        const next = readTheme(value);
        remember(next);
        setTheme(next);
      }}
    />
  );
}
