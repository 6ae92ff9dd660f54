"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { recordingFormat } from "../exam/client/recorder.ts";

/** What the exam page needs of a browser, each with what to do where it is missing. */
async function findTrouble(): Promise<string | null> {
  if (!window.isSecureContext || !navigator.mediaDevices) {
    return "This page is not on a secure address, so the browser keeps the microphone from us. Ask your centre for the https address.";
  }
  if (!("indexedDB" in window) || !navigator.locks || !crypto.subtle) {
    return "This browser is too old to keep your answers safe. Update it, or use a current Chrome, Edge, Firefox or Safari.";
  }
  if (!recordingFormat()) return "This browser cannot record sound. Use a current Chrome, Edge, Firefox or Safari.";
  const kept = await new Promise<boolean>((resolve) => {
    const request = indexedDB.open("bandwise-check", 1);
    request.onerror = () => resolve(false);
    request.onsuccess = () => {
      request.result.close();
      indexedDB.deleteDatabase("bandwise-check");
      resolve(true);
    };
  });
  if (!kept) return "This browser does not keep data, as in a private window. Open a normal window and come back.";
  const space = await navigator.storage?.estimate?.();
  if (space?.quota !== undefined && space.quota - (space.usage ?? 0) < 50_000_000) {
    return "This computer has too little free space to keep your recordings. Free 50 MB, then check again.";
  }
  return null;
}

export function BrowserCheck({ onDone }: { onDone: (words: string) => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const done = useEffectEvent(onDone);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    void findTrouble().then((found) => {
      if (gone) return;
      if (found === null) done("Up to date, with room to keep your answers.");
      else setTrouble(found);
    });
    return () => {
      gone = true;
    };
  }, [tries]);
  if (!trouble) return <p role="status">Looking…</p>;
  return (
    <>
      <p role="alert" className="text-bad">
        {trouble}
      </p>
      <div>
        <Button onClick={() => setTries(tries + 1)}>Check again</Button>
      </div>
    </>
  );
}
