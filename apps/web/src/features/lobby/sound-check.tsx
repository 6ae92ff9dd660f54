"use client";

import { Volume2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";

const tones = [440, 554.4, 659.3];

/** Three rising tones made on the spot: nothing to fetch. */
function playTones(): Promise<void> {
  const context = new AudioContext();
  const end = tones.reduce((start, frequency) => {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.03);
    gain.gain.setValueAtTime(0.25, start + 0.4);
    gain.gain.linearRampToValueAtTime(0, start + 0.5);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.5);
    return start + 0.7;
  }, context.currentTime + 0.05);
  return new Promise((resolve) => {
    setTimeout(
      () => {
        void context.close();
        resolve();
      },
      (end - context.currentTime) * 1000,
    );
  });
}

export function SoundCheck({ onDone }: { onDone: () => void }) {
  const [played, setPlayed] = useState(false);
  const [playing, setPlaying] = useState(false);
  const play = async () => {
    setPlaying(true);
    await playTones();
    setPlaying(false);
    setPlayed(true);
  };
  return (
    <>
      <p className="text-ink-2">Put your headphones on. You should hear three rising tones.</p>
      <div className="flex flex-wrap gap-2.5">
        <Button
          size="lg"
          variant={played ? "secondary" : "primary"}
          busy={playing}
          icon={<Volume2 className="ico" aria-hidden="true" />}
          onClick={() => void play()}
        >
          {played ? "Play again" : "Play the tones"}
        </Button>
        {played ? (
          <Button size="lg" variant="primary" onClick={onDone}>
            I heard all three
          </Button>
        ) : null}
      </div>
      {played ? (
        <p className="text-ui text-ink-3">Heard nothing? Turn the volume up, check the cable, and play them again.</p>
      ) : null}
    </>
  );
}
