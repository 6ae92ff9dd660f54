/** Looks up fixed phrases of up to five words in a list of words; the longest match wins and words count once. */
export interface PhraseBook {
  /** Every phrase found, in order, with the index of its first word. */
  find(words: readonly string[]): { readonly phrase: string; readonly at: number }[];
}

const longest = 5;

export function phraseBook(phrases: readonly string[]): PhraseBook {
  const known = new Set(phrases);
  const firstWords = new Set(phrases.map((phrase) => phrase.split(" ", 1)[0] ?? ""));
  return {
    find(words) {
      const found: { phrase: string; at: number }[] = [];
      for (let at = 0; at < words.length; at += 1) {
        if (!firstWords.has(words[at] ?? "")) continue;
        for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
          const phrase = words.slice(at, at + length).join(" ");
          if (!known.has(phrase)) continue;
          found.push({ phrase, at });
          at += length - 1;
          break;
        }
      }
      return found;
    },
  };
}

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const list = (text: string): string[] =>
  lines(text)
    .flatMap((line) => line.split(/,\s*/))
    .filter((phrase) => phrase !== "");

/**
 * Words and phrases that say how one thought follows from another, after the classes of Halliday & Hasan (1976): additive,
 * adversative, causal, temporal; and those that arrange a text. `and` and `but` alone are left out: everyone has them.
 */
export const connectives = phraseBook(
  list(`also, in addition, additionally, furthermore, moreover, besides, as well as, not only, another reason, another example, likewise, similarly, in the same way, too
    however, although, though, even though, even if, nevertheless, nonetheless, on the other hand, on the contrary, in contrast, by contrast, whereas, while, despite, in spite of, instead, rather than, otherwise, yet, still, at the same time
    because, because of, so that, therefore, thus, hence, consequently, as a result, as a consequence, for this reason, that is why, that's why, due to, owing to, since, in order to, so, if, unless, as long as, thanks to
    first, firstly, first of all, second, secondly, third, thirdly, next, then, after that, afterwards, later, before, finally, lastly, at last, in the end, to begin with, when, meanwhile, until, after, once, at first, eventually
    for example, for instance, such as, in other words, in fact, actually, indeed, specifically, in particular, especially, that is, to illustrate, namely
    in conclusion, to conclude, in summary, to sum up, overall, in short, all in all, on the whole, in general, generally, in my opinion, from my point of view, i believe, i think that`),
);

/** Everyday collocations and frames that learners pick up as wholes (after the idea of formulaic sequences: Wray, 2002). Our own choice. */
export const formulas = phraseBook(
  list(`a lot of, a great deal of, a number of, a variety of, a wide range of, a couple of, plenty of, most of the time, all the time, at the same time, for the first time, from time to time, every day, these days, in the future, in the past, at the moment, at least, at first, at all, as soon as possible, so far, right now, one day, the other day, over time, on time, in time, in advance
    in my opinion, in my view, as far as i know, to be honest, it seems that, it is important to, it is necessary to, it is clear that, there is no doubt that, i strongly believe that, i am convinced that, the fact that, the reason why, the best way to, the most important, one of the most, one of the best, another way to, the way that, as we know, according to, in terms of, with regard to, in relation to, based on, depending on, in favor of, in favour of, on behalf of, on the one hand, on the other hand, in order to, so as to, as well as, as long as, as soon as, even though, no matter what, no matter how, whether or not, in case of, instead of, because of, due to, thanks to, apart from, regardless of, rather than, other than, such as, for example, for instance, and so on
    make a decision, make a difference, make a mistake, make mistakes, make sure, make sense, make friends, make money, make progress, make an effort, make up, take place, take part in, take part, take care of, take advantage of, take into account, take time, take a break, take risks, take responsibility, have fun, have a good time, have access to, have the opportunity to, have to deal with, have trouble, pay attention, pay attention to, play a role, play an important role, keep in mind, keep in touch, keep up with, give up, give advice, get along with, get used to, get rid of, get to know, go through, go wrong, grow up, come up with, come across, come true, deal with, depend on, rely on, focus on, look forward to, look for, look after, look up to, figure out, find out, find a way, point out, carry out, set up, set goals, set an example, stand out, turn out, end up, work hard, work on, work out, think about, take time to, be able to, used to, be willing to, be used to, would rather, had better, is likely to, are likely to, tend to, tends to, lead to, leads to, result in, results in, cause problems, solve problems, solve a problem, reach a goal, achieve a goal, achieve your goals, spend time, spend time with, waste time, save time, waste of time, save money, learn from, interested in, good at, aware of, capable of, afraid of, responsible for, familiar with, similar to, different from, known as, related to, compared to, in contrast to, up to, step by step, day by day, side by side, once in a while, sooner or later, little by little, more and more, again and again, in the long run, in the end, in general, in particular, in fact, in addition, in addition to, in conclusion, as a result, as a whole, at the end of the day, by the way, of course, on purpose, by accident, in public, in person, in common, out of control, under pressure, from scratch`),
);

/** Marks of talk or of messages among friends that have no place in a text for strangers. */
export const informal = phraseBook(
  list(
    `gonna, wanna, gotta, kinda, sorta, gimme, lemme, cuz, cause, coz, cos, bc, u, ur, r, plz, pls, thx, lol, omg, btw, idk, yeah, yep, yup, nope, nah, ok, okay, hey, hi, wow, oops, guys, dude, kids, stuff, a bunch of, lots of, tons of, kind of, sort of, and stuff, or something, or whatever, like i said, you know, i mean, super, cool, awesome, crazy, sucks, dumb, stupid, ain't, y'all, wont, dont, cant, im, ive, didnt, doesnt, isnt`,
  ),
);

/** Marks of a text written for strangers: hedges, impersonal frames, formal connectives and openings. */
export const formal = phraseBook(
  list(
    `furthermore, moreover, nevertheless, nonetheless, therefore, consequently, thus, hence, however, whereas, in addition, additionally, in contrast, in conclusion, to conclude, with regard to, regarding, concerning, in terms of, with respect to, it is important to, it is necessary to, it is clear that, it is possible that, it could be argued that, it can be argued that, it should be noted that, there is no doubt that, may, might, perhaps, likely, tend to, tends to, i would like to, i am writing to, would be grateful, dear sir or madam, yours faithfully, yours sincerely, kind regards, a number of, a great deal of, a variety of, individuals, numerous, sufficient, obtain, require, requires, provide, provides, ensure, enable, enables, significant, essential, appropriate, such as, one of the most, according to, due to, as a result, for this reason, in order to, so as to`,
  ),
);
