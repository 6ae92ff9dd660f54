import type { StimulusBlock } from "@bandwise/core/bank/schema";
import { Stimulus } from "../exam/stimulus.tsx";

/** Where staff see a file of the bank. */
export const mediaAddress = (media: string): string => `/api/media/${encodeURIComponent(media)}`;

/** A stimulus as the exam shows it, with its pictures from the bank. While it is being written a picture may have no file yet. */
export function Passage({ title, blocks }: { title?: string | undefined; blocks: readonly StimulusBlock[] }) {
  return (
    <Stimulus
      title={title}
      blocks={blocks}
      pictureAt={(index) => {
        const block = blocks[index];
        return block?.type === "image" && block.media !== "" ? mediaAddress(block.media) : null;
      }}
    />
  );
}
