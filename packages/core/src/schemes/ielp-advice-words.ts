import type { IelpSection } from "@bandwise/scoring/schemes/ielp";
import type { Advice } from "./advice.ts";

/** Reading and listening by sub-skill, writing and speaking by criterion; `whole`: the section as such. */
export const ielpAdvice: Readonly<Record<IelpSection, Readonly<Record<string, Advice>>>> = {
  reading: {
    whole: {
      strength: "Reading carries your result: use texts to learn what you want to say and write.",
      early: "Read one short, easy text every day, for the story and without a dictionary.",
      later:
        "Read two long articles a week from fields you do not work in, and say in five sentences what each argues.",
    },
    gist: {
      strength: "You see quickly what a text is about.",
      early:
        "Before reading closely, give yourself half a minute for the title and the first lines, and say what it is about.",
      later: "Write one sentence with the main point of each paragraph, then one for the whole text.",
    },
    detail: {
      strength: "You find exactly what a text says.",
      early: "Underline the word in the question that matters most, then look for that place in the text.",
      later: "Check each answer against the sentence it rests on: point to the words that make it right.",
    },
    inference: {
      strength: "You understand what a text does not say outright.",
      early: "After a story, ask why people did what they did, and which words told you.",
      later: "Mark words such as “barely”, “admittedly” and “even”: say what the writer thinks without saying so.",
    },
    reference: {
      strength: "You follow what “it”, “this” and “such” stand for.",
      early: "Draw a line from every “he”, “it” and “they” to the word it stands for.",
      later: "Where a paragraph begins with “this” or “such”, write down the whole idea that it takes up.",
    },
    "vocabulary-in-context": {
      strength: "You work out words from what stands around them.",
      early: "Guess a new word from its sentence first, then look it up and see how near you were.",
      later: "Collect words with the words they go with, and learn which of two near words fits a sentence and why.",
    },
    "attitude-purpose": {
      strength: "You see why a text was written and what its writer thinks.",
      early: "Ask of each notice, letter or advert: who wants what from whom?",
      later: "Read two opinions on one question and mark where each concedes, doubts or presses a point.",
    },
    organisation: {
      strength: "You follow how a text is built.",
      early: "Cut a short text into sentences, mix them, and put them back in order by “first”, “then” and “so”.",
      later: "Draw the outline of an article: claim, reasons, objection, answer. See which words join the parts.",
    },
  },
  listening: {
    whole: {
      strength: "Listening carries your result: talk with people as often as you can, it will help you speak.",
      early: "Listen to the same two minutes three times: first without text, then with it, then without again.",
      later:
        "Follow one series of talks or broadcasts by several speakers, and tell somebody after each what was said.",
    },
    gist: {
      strength: "You catch what people are talking about.",
      early: "Listen once without stopping and say who speaks, where they are and what about.",
      later: "After a talk, say its point in one sentence, then listen again to see whether it holds.",
    },
    detail: {
      strength: "You hear exactly what is said.",
      early: "Write down one sentence from a recording word by word, then compare it with the text.",
      later: "Take notes of a five-minute talk, then listen again for what you missed and why.",
    },
    "specific-information": {
      strength: "You pick out names, numbers and times.",
      early: "Practise numbers, dates and spelled names: listen to announcements and write them down.",
      later:
        "Read the questions first and decide what kind of word each needs; listen for corrections such as “no, make that …”.",
    },
    inference: {
      strength: "You understand what speakers mean and do not say.",
      early: "Stop a film scene and say what people feel, and how you heard it.",
      later: "Listen for hesitation, stress and “well …”: say what the speaker would rather not say.",
    },
    "attitude-purpose": {
      strength: "You hear what speakers think and want.",
      early: "Listen for words such as “I’m afraid” and “great”: is it good or bad news?",
      later: "In discussions, note for each speaker: for, against or unsure, and the words that told you.",
    },
    function: {
      strength: "You hear what is being done: asked, offered, refused.",
      early: "Learn two ways each to ask, offer, agree and refuse, and listen for them.",
      later:
        "Collect polite and indirect ways to refuse, complain and correct, and practise hearing them at natural speed.",
    },
  },
  writing: {
    whole: {
      strength: "Writing carries your result: write first what you want to say, then say it without the text.",
      early: "Write five sentences every evening about your day, and read them again the next morning.",
      later: "Write one page a week for a reader, leave it for a day, and rewrite it.",
    },
    taskFulfilment: {
      strength: "You do what a task asks, fully.",
      early: "Number what the task asks for, and tick each point when it stands in your text.",
      later:
        "Ask before writing: who reads this and what should they do after it? Give each point of the task its reason or example.",
    },
    coherence: {
      strength: "Your texts hang together.",
      early: "Join your sentences with “and”, “but”, “because” and “so”; one idea to a sentence.",
      later:
        "Plan in four lines before writing, begin each paragraph with its point, and link by meaning rather than by “moreover”.",
    },
    grammar: {
      strength: "Your grammar serves you well in writing.",
      early: "Read your text twice: once only for the verbs and their endings, once only for “a” and “the”.",
      later:
        "Keep a list of your own five commonest mistakes and read each text once for each; try one new construction a week.",
    },
    vocabulary: {
      strength: "You have the words you need, and use them exactly.",
      early: "Learn words in groups for one topic, each with a sentence of your own.",
      later: "Replace “good”, “thing” and “get” by the exact word, and check in a dictionary which words go together.",
    },
    register: {
      strength: "You find the right tone for the reader.",
      early: "Learn how a note to a friend and a letter to an office begin and end.",
      later: "Write the same request to a friend, a colleague and an authority, and compare every sentence.",
    },
  },
  speaking: {
    whole: {
      strength: "Speaking carries your result: say aloud what you are going to write.",
      early: "Speak English aloud for three minutes every day, about what you see and do.",
      later: "Prepare a two-minute talk each week, record it, listen, and give it again.",
    },
    fluency: {
      strength: "You speak on without long searching.",
      early: "Tell the same short story three times, each time with fewer pauses.",
      later: "Talk for two minutes about a topic drawn by chance, without stopping to correct yourself.",
    },
    accuracy: {
      strength: "You speak with few mistakes.",
      early: "Choose one thing for a week, such as past tenses, and watch only that while you speak.",
      later: "Record yourself, write down what you said, and correct it: say the corrected sentences aloud.",
    },
    range: {
      strength: "You have many ways to say what you mean.",
      early: "Learn a second way to say what you say often: “I like”, “I think”, “there is”.",
      later: "Retell an article in your own words and use five expressions of it that you would not have used.",
    },
    interaction: {
      strength: "You answer to what others say and keep talk going.",
      early: "End an answer with a question, and learn phrases to ask for help: “Could you say that again?”",
      later: "Practise taking up what somebody said before you disagree, add or change the subject.",
    },
  },
};
