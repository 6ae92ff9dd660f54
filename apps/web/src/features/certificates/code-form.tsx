import { Button } from "@/ui/button.tsx";
import { TextField } from "@/ui/text-field.tsx";

/** Asks for a code. A plain GET form: typed or pasted, whole address or code alone, script or none. */
export function CodeForm({ defaultValue, submitLabel = "Check" }: { defaultValue?: string; submitLabel?: string }) {
  return (
    <form action="/verify" className="flex max-w-[34rem] flex-wrap items-end gap-2">
      <TextField
        className="min-w-60 flex-1"
        label="Code on the certificate"
        name="code"
        size="lg"
        code
        required
        maxLength={300}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        defaultValue={defaultValue}
      />
      <Button type="submit" variant="primary" size="lg" className="max-wide:w-full">
        {submitLabel}
      </Button>
    </form>
  );
}
