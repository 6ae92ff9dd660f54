"use client";

import { useEffect, useState } from "react";
import { watchLevel } from "@/features/exam/client/recorder.ts";
import { useMicrophone } from "@/features/exam/use-microphone.ts";
import { Button } from "@/ui/button.tsx";
import { LevelMeter } from "@/ui/level-meter.tsx";
import { Notice } from "@/ui/notice.tsx";
import type { InterviewSession } from "./interview-session.ts";

/** The examiner's microphone for as long as it may be needed: its level, and the recorder while the interview runs. */
export function ExaminerMicrophone({ session, running }: { session: InterviewSession; running: boolean }) {
  const { stream, problem, ask } = useMicrophone();
  const [level, setLevel] = useState(0);
  useEffect(() => (stream ? watchLevel(stream, ({ level: now }) => setLevel(now)) : undefined), [stream]);
  useEffect(() => {
    if (!stream || !running) return;
    void session.record(stream);
    return () => void session.pauseSound();
  }, [session, stream, running]);
  if (problem) {
    return (
      <Notice
        tone="warn"
        title="No microphone here"
        action={
          <Button size="sm" onClick={ask}>
            Try again
          </Button>
        }
      >
        {problem}
      </Notice>
    );
  }
  return <LevelMeter level={level} />;
}
