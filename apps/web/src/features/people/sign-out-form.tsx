import { Button } from "@/ui/button.tsx";
import { signOutAction } from "./session-actions.ts";

/** Works without script, from any menu. */
export function SignOutForm() {
  return (
    <form action={signOutAction}>
      <Button type="submit" variant="quiet">
        Sign out
      </Button>
    </form>
  );
}
