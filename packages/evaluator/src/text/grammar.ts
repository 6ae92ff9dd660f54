import { Dialect, type Lint, type Linter, LocalLinter } from "harper.js";
import { binary } from "harper.js/binary";
import type { ErrorKind, Mistake } from "../rating.ts";

/** Finds mistakes of grammar, usage, punctuation and capitals. */
export interface GrammarChecker {
  check(text: string): Promise<Mistake[]>;
}

/** Groups of Harper's rules that judge style or know names and trademarks, not English; words written apart are found in `mistakes.ts`. */
const styleGroups = new Set(["Proper Nouns", "Initialisms", "Regionalisms and Dialect", "Closed Compounds"]);
/** Groups of 400 rules on single idioms, nearly half of all the time: only those that learners need are on. */
const idiomGroups = new Set(["Word Choice and Usage", "Phrase Corrections", "Spelling and Orthography"]);
const learnersIdioms = new Set(
  `AccuseOf AllowTo ArriveTo AsMuchAs AsOpposedTo AwaitFor AwareOf BeAllowed BeConcerned BeShocked BeWorried Bought ByAccident
  CallThem ConfirmThat CraveFor DefiniteArticle Discuss DoesOrDose DoMistake DoToDueTo EverEvery EverySingleOneOf ExceptOf
  FallBelow FascinatedBy GetRidOf GetUsedTo GoodAt HaveAHardTime HavePassed ImitateFrom Impressed InAHurry InDetail InNeedOf
  InspiredBy InterestedIn InTheFirstPlace InvestIn JealousOf LastNight LaughOfAt LeadRiseTo LessWorse LikelyHood LongTimeAgo
  LookForwardTo LookingForwardTo Lots MakeItSeem MakeSense Nobody NoLonger NotOnly Nowadays OfCourse OnceInAWhile OnTopOf
  PassionateAbout Payed PayForPrice PlayAFactor QuiteMany RedundantFirsts RedundantSuperlatives Respond ResponsibilityFor
  RiseTheQuestion RunIntoProblemsOrTrouble SafeToSave SeamToSeem SimilarLike SimpleGrammatical SomethingIs SomewhatSomething
  SubjunctiveWasToWere SupposedTo TakeItPersonally TakePrideIn TheDifferenceBetween TheWhetherWeather ToAdverb TooTo
  UnderneathOf Unless UseToUsedTo AllThough AtLestToLeast EverSince ForAWhile GoingTo HowMach InThe ItCan KindSortOf
  LooksLikes NotIn NotTo OrthographicConsistency RegularIrregulars SomeOfThe ThatThis The ToLoseTooLoose WithoutOut VeryKnown VeryLess WasAloud WholeEntire WishCould WorseOrWorst WorthToDo`.split(
    /\s+/,
  ),
);
/** Single rules of the same sort, and its speller: ours is 300 times faster. `LongSentences` is measured elsewhere. */
const styleRules: readonly string[] =
  `SpellCheck LongSentences AvoidAndAlso AvoidContractions BoringWords CauseItIsBecause CondenseAllThe Cybersec
  Excellent ExpandBecause ExpandControl ExpandFavourite ExpandForward ExpandLegitimate ExpandMinimum
  ExpandPrevious ExpandThough ExpandThrough ExpandWith ExpandWithout FatalOutcome FillerWords Freezing Hedging
  KindOf SendAnEmailTo SideTangent Starving VeryUnique WidelyAccepted RedundantIIRC RedundantAcronyms
  OxfordComma NoOxfordComma UseEllipsisCharacter Dashes NoFrenchSpaces UseTitleCase EllipsisLength
  SpelledNumbers CurrencyPlacement OkToOkay AvoidCurses BlacklistWhitelist Everyday UpdatePlaceNames
  NumericRangeEnDash LitotesDirectPositive ExpandPeople`.split(/\s+/);
/** Trade words, places and set phrases that hardly a learner attempts; each rule takes its time with every text. */
const rareRules: readonly string[] =
  `GoggleBrand JohnsHopkins WordPressDotcom YeaToYeah YehToYeah AOkHyphen BluRayHyphen ClickThroughRate
  DotInitialisms DoubleCheckHyphen EagleEyed FaceFirst FromTheGetGo GuineaBissau
  IncludingButNotLimitedToPunctuation IntroCueCommaBeforeThanks MercedesBenzHyphen OffTheCuff OneHanded
  PasswordProtectedHyphen PortAuPrince PortoNovo PostItNoteHyphen RainbowColoredHyphen RapidFire
  WorstCaseScenario BestOfAllTime DayAndAge DegreesKelvin DegreesKelvinSymbol ExpandMemoryShorthands
  ExpandTimeShorthands FootInchMinuteSecondSymbols LinesOfCode OnSecondThought TickingTimeClock HeartToHeard
  WhetYourAppetite CrossPlatform DoubleClick LastDitch MakeupCompoundNoun RoadMap StateOfTheArt WokVerbTypo
  FellowCoRedundancy OverPlus RedundantPretty TruthToTheFact WasComprisedOf WayTooAdjective CapitalizeOn
  CodeInWriteIn FullToTheBrim GetPassGoPass InRetaliationTo NakedEye OneAndTheSame OnesOwnAccord
  PrincipleToPrincipalRoleNoun ReverseEngineer RulesOfThumb ShutdownVerb ToGreatLengths TryOnesHandAt
  TryOnesLuck AllHellBreakLoose AllIntentsAndPurposes BackInTheDay BehindTheScenes DisjointPrefixes GoSoFarAsTo
  GoToWar InOnTheCards NailOnTheHead ShootOneselfInTheFoot ThePointFor AndTheLike ThrowRubbish PreferPleaded
  PreferSneaked ViciousCircle`.split(/\s+/);

/** Harper's kinds of lint → ours. Kinds that are missing here (style, readability, enhancement …) are no mistakes. */
const kinds: Readonly<Record<string, ErrorKind>> = {
  Agreement: "agreement",
  Grammar: "grammar",
  Repetition: "grammar",
  Miscellaneous: "grammar",
  BoundaryError: "word-choice",
  Eggcorn: "word-choice",
  Malapropism: "word-choice",
  Nonstandard: "word-choice",
  Redundancy: "word-choice",
  Usage: "word-choice",
  WordChoice: "word-choice",
  Typo: "spelling",
  Spelling: "spelling",
  Capitalization: "capitalisation",
  Punctuation: "punctuation",
  Formatting: "punctuation",
};

/** Loads Harper, about 0.4 GB of memory once per thread; there is no network in it. */
export async function createGrammarChecker(): Promise<GrammarChecker> {
  const linter = new LocalLinter({ binary, dialect: Dialect.American });
  await linter.setup();
  await linter.setLintConfig(await errorRules(linter));
  return {
    async check(text) {
      const byRule = await linter.organizedLints(text, { language: "plaintext" });
      const offsets = unitOffsets(text);
      const found = Object.values(byRule).flat();
      const errors = found.flatMap((lint) => toEvidence(lint, offsets));
      for (const lint of found) lint.free();
      return errors.sort((a, b) => a.start - b.start || a.end - b.end || (a.message < b.message ? -1 : 1));
    },
  };
}

async function errorRules(linter: Linter): Promise<Record<string, boolean>> {
  const { settings } = await linter.getStructuredLintConfig();
  const off = new Set([...styleRules, ...rareRules]);
  for (const setting of settings) {
    if (!("Group" in setting)) continue;
    const { label, child } = setting.Group;
    const isOff = (rule: string): boolean =>
      styleGroups.has(label) || (idiomGroups.has(label) && !learnersIdioms.has(rule));
    for (const rule of child.settings) if ("Bool" in rule && isOff(rule.Bool.name)) off.add(rule.Bool.name);
  }
  const standard = await linter.getDefaultLintConfig();
  return Object.fromEntries(Object.entries(standard).map(([rule, on]) => [rule, on === true && !off.has(rule)]));
}

function toEvidence(lint: Lint, offsets: (character: number) => number): Mistake[] {
  const kind = kinds[lint.lint_kind()];
  if (kind === undefined) return [];
  const span = lint.span();
  const suggestions = lint.suggestions();
  const replacement = suggestions[0]?.get_replacement_text() ?? null;
  const mistake = {
    start: offsets(span.start),
    end: offsets(span.end),
    kind,
    message: lint.message(),
    suggestion: replacement === "" ? null : replacement,
  };
  // Like the lints themselves they live in the memory of the WebAssembly module, which the garbage collector does not see.
  for (const held of [span, ...suggestions]) held.free();
  return [mistake];
}

/** Harper counts characters, JavaScript UTF-16 units: they part where a text holds an emoji or the like. */
function unitOffsets(text: string): (character: number) => number {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return (character) => character;
  const units = [0];
  for (const character of text) units.push((units.at(-1) ?? 0) + character.length);
  return (character) => units[character] ?? text.length;
}
