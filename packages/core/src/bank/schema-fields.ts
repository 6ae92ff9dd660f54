import { z } from "zod";

/** Fields that content of every kind is made of. */

export const text = z.string().trim().min(1);

const mediaFile = (endings: string) =>
  z.string().regex(new RegExp(`^[a-z0-9-]+\\.(${endings})$`), `must be a file of the bank ending in ${endings}`);
export const sound = mediaFile("mp3");
export const picture = mediaFile("svg|png|jpg");
