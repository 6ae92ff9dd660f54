/** Closed classes of English: small enough to be complete, so that no list of frequencies or tagger is needed to know them. */
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const pronouns = set(`i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
  myself yourself himself herself itself ourselves yourselves themselves who whom whose which what that this these those
  someone somebody something anyone anybody anything everyone everybody everything nobody nothing none one`);

export const subjectPronouns = set(
  "i you he she it we they there this that these those everyone everybody someone people",
);

export const determiners =
  set(`a an the this that these those my your his her its our their some any no every each either
  neither all both many much few little several most more less enough another other such`);

export const prepositions =
  set(`about above across after against along among around as at before behind below beneath beside
  besides between beyond by despite down during except for from in inside into like near of off on onto out outside over past
  per since than through throughout till to toward towards under until up upon via with within without`);

const coordinators = set("and but or so nor yet");

export const subordinators =
  set(`because although though when whenever while if unless until since whether whereas where
  wherever who which whose whom after before once`);

export const modals = set(
  `can could will would shall should may might must can't couldn't won't wouldn't shouldn't mustn't cannot`,
);

export const auxiliaries = set(`am is are was were be been being have has had having do does did doing
  isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't i'm you're he's she's it's we're they're i've you've
  we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll it'll we'll they'll that's there's`);

const other = set(`not very too also just only even still again then than there here now never always often sometimes
  usually well how why yes no really quite already yet ever maybe perhaps almost however`);

/** All closed classes together, in a fixed order. */
export const functionWords: readonly string[] = [
  ...new Set(
    [pronouns, determiners, prepositions, coordinators, subordinators, modals, auxiliaries, other].flatMap((words) => [
      ...words,
    ]),
  ),
].sort();
const functional = new Set(functionWords);

/** Words that carry grammar rather than content. */
export function isFunctionWord(plain: string): boolean {
  return functional.has(plain);
}

/** Regular endings taken off, so that `works`, `worked` and `working` count as one. Rough on purpose: only equality matters. */
export function stem(plain: string): string {
  const bare = plain.replace(/'s?$/, "");
  if (bare.length <= 3) return bare;
  return bare
    .replace(/(?:ies|ied)$/, "y")
    .replace(/(?<=..)(?:ing|ed)$/, "")
    .replace(/(?<=s|x|z|ch|sh)es$/, "")
    .replace(/(?<![su])s$/, "")
    .replace(/(?<=...)ly$/, "")
    .replace(/([b-df-hj-kmnp-rtv-z])\1$/, "$1")
    .replace(/(?<=..)e$/, "");
}
