import "server-only";

/** A document for verifiers anywhere: readable from other sites' pages, kept for five minutes and no longer. */
export function openDocument(content: object, type: string): Response {
  return new Response(JSON.stringify(content), {
    headers: {
      "content-type": type,
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=300",
    },
  });
}
