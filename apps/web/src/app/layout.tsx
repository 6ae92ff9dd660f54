import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { CspNonce } from "@/ui/csp-nonce.tsx";
import { displayAttributes } from "@/ui/display.ts";
import { fontVariables } from "@/ui/fonts.ts";
import { ToastRegion } from "@/ui/toast.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Bandwise", template: "%s · Bandwise" },
  description: "English-proficiency examinations whose every band can be traced to the answers behind it.",
  applicationName: "Bandwise",
  formatDetection: { telephone: false, email: false, address: false, date: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f5f0" },
    { media: "(prefers-color-scheme: dark)", color: "#14110e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const nonce = (await headers()).get("x-nonce");
  return (
    <html lang="en-GB" className={fontVariables} {...displayAttributes((name) => jar.get(name)?.value)}>
      <head>{nonce === null ? null : <CspNonce nonce={nonce} />}</head>
      <body>
        {children}
        <ToastRegion />
      </body>
    </html>
  );
}
