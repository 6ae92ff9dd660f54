"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { heardSeconds, type Stretch, skipTo } from "./waveform.ts";

export const speeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];

const remembered = z.object({ speed: z.number(), skip: z.boolean() }).catch({ speed: 1, skip: false });
const storageKey = "bandwise.marking.player";

function recall(): z.infer<typeof remembered> {
  try {
    return remembered.parse(JSON.parse(localStorage.getItem(storageKey) ?? "{}"));
  } catch {
    return { speed: 1, skip: false };
  }
}

export interface Sound {
  readonly audio: RefObject<HTMLAudioElement | null>;
  readonly playing: boolean;
  readonly at: number;
  readonly speed: number;
  readonly skip: boolean;
  readonly loop: boolean;
  readonly failed: boolean;
  toggle(): void;
  seek(seconds: number): void;
  moveBy(seconds: number): void;
  setSpeed(speed: number): void;
  setSkip(skip: boolean): void;
  setLoop(loop: boolean): void;
  retry(): void;
  heard(): number;
}

/** Steers an `<audio>` element: place, speed, loop, skipped pauses. Speed and skipping are remembered from script to script. */
export function useSound(durationSeconds: number, silences: readonly Stretch[]): Sound {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeedState] = useState(1);
  const [skip, setSkipState] = useState(false);
  const [loop, setLoopState] = useState(false);
  const [failed, setFailed] = useState(false);
  const skipping = useRef(skip);
  skipping.current = skip;

  const setSpeed = useCallback((next: number) => {
    setSpeedState(next);
    if (audio.current) audio.current.playbackRate = next;
  }, []);

  useEffect(() => {
    const { speed: before, skip: skipped } = recall();
    setSpeed(before);
    setSkipState(skipped);
  }, [setSpeed]);

  const remember = (next: Partial<z.infer<typeof remembered>>) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ speed, skip, ...next }));
    } catch {
      // Then the next script starts at the usual speed.
    }
  };

  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    const listen = new AbortController();
    const on = (name: string, heard: () => void) => element.addEventListener(name, heard, { signal: listen.signal });
    let frame = 0;
    const follow = () => {
      const target = skipping.current ? skipTo(silences, element.currentTime) : null;
      if (target !== null && target < element.duration) element.currentTime = target;
      setAt(element.currentTime);
      if (!element.paused) frame = requestAnimationFrame(follow);
    };
    on("play", () => {
      setPlaying(true);
      frame = requestAnimationFrame(follow);
    });
    on("pause", () => {
      setPlaying(false);
      setAt(element.currentTime);
    });
    on("seeked", () => setAt(element.currentTime));
    on("error", () => setFailed(true));
    on("loadedmetadata", () => setFailed(false));
    // The error may have come before this page's script did.
    if (element.error) setFailed(true);
    return () => {
      listen.abort();
      cancelAnimationFrame(frame);
    };
  }, [silences]);

  const seek = useCallback(
    (seconds: number) => {
      const element = audio.current;
      if (!element) return;
      const place = Math.min(Math.max(0, seconds), durationSeconds);
      element.currentTime = place;
      setAt(place);
    },
    [durationSeconds],
  );
  const moveBy = useCallback((seconds: number) => seek((audio.current?.currentTime ?? 0) + seconds), [seek]);
  const toggle = useCallback(() => {
    const element = audio.current;
    if (!element) return;
    // What cannot be played is said by the element's error event.
    if (element.paused) void element.play().catch(() => undefined);
    else element.pause();
  }, []);

  return {
    audio,
    playing,
    at,
    speed,
    skip,
    loop,
    failed,
    toggle,
    seek,
    moveBy,
    setSpeed: (next) => {
      setSpeed(next);
      remember({ speed: next });
    },
    setSkip: (next) => {
      setSkipState(next);
      remember({ skip: next });
    },
    setLoop: (next) => {
      setLoopState(next);
      if (audio.current) audio.current.loop = next;
    },
    retry: () => {
      setFailed(false);
      audio.current?.load();
    },
    heard: () => {
      const ranges = audio.current?.played;
      if (!ranges) return 0;
      return heardSeconds(
        Array.from({ length: ranges.length }, (_, i) => ({ from: ranges.start(i), to: ranges.end(i) })),
      );
    },
  };
}
