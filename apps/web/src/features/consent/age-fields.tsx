"use client";

import { useState } from "react";
import { Checkbox } from "@/ui/checkbox.tsx";
import { TextField } from "@/ui/text-field.tsx";

/** Whether somebody is of age, asked where it is not known, and under it the name of whoever agrees for them. */
export function AgeFields({
  guardianAge,
  age,
  statement,
}: {
  /** 0: nobody is asked. */
  guardianAge: number;
  age: number | null;
  statement: string;
}) {
  const [ofAge, setOfAge] = useState(false);
  if (guardianAge === 0) return null;
  const needsGuardian = age === null ? !ofAge : age < guardianAge;
  return (
    <>
      {age === null ? (
        <Checkbox name="ofAge" onChange={(event) => setOfAge(event.target.checked)}>
          {statement}
        </Checkbox>
      ) : null}
      {needsGuardian ? (
        <TextField
          label="Parent or guardian"
          name="guardianName"
          description={`Under ${guardianAge}, a parent or guardian has to agree. Their full name stands for that.`}
          maxLength={120}
          required
        />
      ) : null}
    </>
  );
}
