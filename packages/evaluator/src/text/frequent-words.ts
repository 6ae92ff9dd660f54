/**
 * About 1,600 of the most frequent English word families, by headword: general service vocabulary plus the everyday
 * words (food, rooms, days, small numbers) that learners meet first. Compiled by hand: for the rater, which asks how much of a
 * text lies beyond it, and for the bank's lint, which asks whether vocabulary grows rarer from level to level. It is a ruler
 * for such comparisons, not a syllabus.
 */
const headwords = `
a able about above accept accident across act action active activity actor actual add address adult advantage adventure
advertisement advice afraid after afternoon again against age ago agree ahead air airport album alive all allow almost alone
along already also although always amazing among amount and angry animal announce another answer any apartment apple apply
area argue arm around arrange arrive art article artist as ask asleep at attack attention attract aunt author autumn
available average avoid awake award away awful baby back bad bag bake balance ball balloon banana band bank bar base basic
basket bath bathroom battery be beach bean bear beat beautiful because become bed bedroom bee beef before begin behind
believe bell belong below belt bench beside best better between beyond bicycle big bike bill bin bird birth birthday biscuit
bit black blanket block blood blow blue board boat body boil bone book border bored boring born borrow boss both bottle bottom
bowl box boy brain branch brave bread break breakfast breath bridge bright bring broken brother brown brush build building
burn bus business busy but butter button buy by bye cake call calm camera camp can cancel candle cap capital car card care
career careful carpet carrot carry case cash castle cat catch cause ceiling celebrate centre century certain chain chair
chance change channel character charge cheap check cheese chef chemist chess chicken child chocolate choice choose church
cinema circle city class classmate classroom clean clear clever click climb clock close cloth clothes cloud club coach coast
coat coffee coin cold collect college colour comb come comfortable comment common communicate community company compare
competition complain complete computer concert condition confident connect consider contact contain continue control
conversation cook cookie cool copy corner correct cost cotton cough could count country couple courage course court cousin
cover cow crazy cream create creative cross crowd cry culture cup cupboard curtain customer cut cycle dad daily damage dance
danger dangerous dark data date daughter day dead deal dear death decide decision deep degree delicious deliver dentist
depend describe desert design desk dessert detail develop device diary dictionary die diet differ difference different
difficult dig digital dinner direct direction dirty disappear discount discover discuss dish distance divide do doctor dog
doll dollar door double doubt down download downstairs draw dream dress drink drive drop dry duck during dust duty each ear
early earn earth east easy eat edge education effect effort egg either electric electricity elephant else email employ empty
encourage end enemy energy engine engineer enjoy enough enter entrance environment equal equipment escape especially euro
even evening event ever every exact exam example excellent except exchange excited exciting excuse exercise exhibition exist
exit expect expensive experience experiment expert explain explore express extra eye face fact factory fail fair fall false
family famous fan far farm farmer fashion fast fat father favourite fear feed feel female fence festival few field fight fill
film final find fine finger finish fire first fish fit fix flat flight float floor flower fly focus folk follow food foot
football for force foreign forest forget fork form forward free freedom freeze fresh fridge friend friendly from front fruit
full fun funny furniture further future gain game garage garden gas gate general gentle get gift girl give glad glass glove
go goal goat gold good goodbye government grandfather grandma grandmother grandpa grass great green greet grey ground group grow
guard guess guest guide guitar gym habit hair half hall hand handle hang happen happy hard hardly hat hate have he head health
healthy hear heart heat heavy height hello help her here hers herself hi hide high hill him himself hire his history hit hobby
hold hole holiday home homework honest hope horse hospital hot hotel hour house how however hug huge human hundred hungry
hurry hurt husband i ice idea if ill imagine important impossible improve in include increase indeed indoor industry influence
inform information insect inside instead instruction instrument interest interested interesting international internet
interview into introduce invent invite iron island it its itself jacket jam jeans job join joke journalist journey judge juice
jump june just keep key keyboard kick kid kill kilo kilometre kind king kiss kitchen knee knife knock know knowledge lady lake
lamp land language laptop large last late laugh law lawyer lay lazy lead leader leaf learn least leather leave left leg lemon
lend length less lesson let letter level library licence lie life lift light like limit line lion list listen litre litter
little live local lock long look lorry lose loss lot loud love low luck lucky luggage lunch machine mad magazine mail main
make male man manage manager many map mark market marry match material mathematics matter may maybe me meal mean meaning meat
medicine medium meet member memory mention menu mess message metal method metre midday middle midnight might mile milk million
mind mine mineral minute mirror miss mistake mix mobile model modern moment money monkey month mood moon more morning most
mother motor mountain mouse mouth move movement much mum museum music musician must my myself name narrow nation national
natural nature near nearby nearly necessary neck need neighbour neither nervous net never new news newspaper next nice night
no nobody noise noisy none nor normal north nose not note nothing notice now number nurse object occasion ocean of off offer
office officer official often oh oil ok okay old on once one onion online only open operate opinion opportunity opposite or
orange order ordinary organise original other ought our ours out outdoor outside over own owner pack package page pain paint
pair palace pan paper parent park part partner party pass passenger passport past path patient pattern pause pay peace pen
pencil people pepper per perfect perform perhaps period permit person personal pet petrol phone photo photograph piano pick
picnic picture pie piece pig pilot pink pizza place plan plane planet plant plastic plate platform play player please pleased
pleasure plenty pocket poem point police polite poor pop popular population position positive possible post poster pot potato
pound pour power practice practise prefer prepare present press pretty prevent price print private prize probable problem
process produce product profession professor program programme progress project promise pronounce protect proud provide public
publish pull punish pupil pure purple purpose push put puzzle quality quarter queen question queue quick quiet quite race
radio railway rain raise rare rate rather reach read ready real realise reason receive recent receptionist recipe recognise recommend
record recycle red reduce refuse regular relationship relax relative remain remember remind remove rent repair repeat replace
reply report request research reserve respect responsible rest restaurant result return review rice rich ride right ring rise
risk river road rock role roof room rope round route row rubbish rude rule run sad safe sail salad salary sale salt same sand
sandwich satisfy sauce sausage save say scared scene school science scientist score scream screen sea search season seat second secret
secretary see seem sell send sense sentence separate series serious serve service set several shade shadow shake shall shampoo
shape share sharp she sheep sheet shelf shine ship shirt shock shoe shop short should shoulder shout show shower shut shy sick
side sign signal silence silver similar simple since sing single sink sir sister sit situation size skill skin skirt sky sleep
slice slow small smart smell smile smoke smooth snack snow so soap social society sock sofa soft software soil solve some
son song soon sorry sort sound soup south space spare speak special speed spell spend spirit spoil spoon sport spread spring
square staff stage stair stamp stand star start state station stay steal step stick still stomach stone stop store storm story straight
strange stranger street stress strict strong structure student studio study style subject succeed success such sudden suffer
sugar suggest suit suitable suitcase summer sun sunny supermarket supper support suppose sure surface surprise survey sweater sweet swim
switch system table tail take talent talk tall taste tax taxi tea teach teacher team tear technology teenager telephone
television tell temperature tennis tent term terrible test text than thank that the theatre their them themselves then there
therefore these they thick thin thing think thirsty this those though thought thousand through throw thus ticket tidy tie tight
till time tin tiny tip tire tired title to today toe together toilet tomato tomorrow tongue tonight too tool tooth top topic
total touch tour tourist towards towel tower town toy trade tradition traditional traffic train trainer translate transport travel tree
trip trouble trousers truck true trust truth try turn twice twin type typical tyre ugly um umbrella uncle under understand
underground unfortunately uniform unit university unless until up upon upset upstairs use useful usual vacation valley value van variety
various vegetable vehicle very video view village violin visit visitor voice volume volunteer wait waiter wake walk wall want
war warm warn wash waste watch water wave way we weak wear weather website wedding week weekday weekend weigh weight welcome
well west wet what whatever wheel when where whether which while white who whole whose why wide wife wild will win wind window
wine winner winter wise wish with within without woman wonder wonderful wood wool word work worker world worry worse worth
would write wrong yard year yellow yes yesterday yet yoghurt you young your yours yourself zero zone zoo
ah aha er erm hm hmm hey huh mm uh wow yeah anyway anybody anyone anything anywhere everybody everyone everything everywhere
somebody someone something sometimes somewhere nowhere
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety third fifth ninth twelfth
monday tuesday wednesday thursday friday saturday sunday january february march april july august september october november
december am pm km kg ms mr mrs dr ca wo o
`;

/** Forms that no ending rule leads back to a headword above. */
const irregularForms = `
am is are was were been being has had having does did done goes went gone got gotten said says saw seen made took taken came
knew known thought told became began begun bought brought built caught chose chosen cost cut drank drunk drove driven ate eaten
fell fallen felt fed found flew flown forgot forgotten gave given grew grown heard held hid hidden hit hung hurt kept knew laid
led left lent lost meant met paid put ran rang rung rode ridden rose risen sang sung sank sunk sat sent shook shaken shone shot
shut slept slid sold spent spoke spoken spread stole stolen stood stuck swam swum swept taught tore torn threw thrown understood
woke woken won wore worn wrote written blew blown broke broken drew drawn dreamt learnt spelt spoilt burnt froze frozen lay lain
men women children feet teeth mice geese people leaves lives wives knives shelves halves loaves us an best worst less least
better worse further farther elder eldest mine others
`;

const words = (text: string): string[] => text.trim().split(/\s+/);
const known: ReadonlySet<string> = new Set([...words(headwords), ...words(irregularForms)]);

/** Ending → what may stand in its place in the headword; tried in order, once or twice over (`helpfully`, `teachers`). */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ies$/, ["y"]],
  [/ied$/, ["y"]],
  [/ier$/, ["y"]],
  [/iest$/, ["y"]],
  [/ily$/, ["y"]],
  [/s$/, [""]],
  [/es$/, [""]],
  [/ed$/, ["", "e"]],
  [/ing$/, ["", "e"]],
  [/er$/, ["", "e"]],
  [/est$/, ["", "e"]],
  [/ly$/, ["", "le"]],
  [/or$/, ["", "e"]],
  [/ful$/, [""]],
  [/less$/, [""]],
  [/ness$/, [""]],
  [/th$/, ["", "e"]],
  [/y$/, ["", "e"]],
  [/^un/, [""]],
];

function stems(word: string): string[] {
  return endings.flatMap(([ending, replacements]) => {
    if (!ending.test(word)) return [];
    const bare = replacements.map((replacement) => word.replace(ending, replacement));
    const undoubled = bare.filter((stem) => /([b-df-hj-np-tv-z])\1$/.test(stem)).map((stem) => stem.slice(0, -1));
    return [...bare, ...undoubled].filter((stem) => stem.length >= 2);
  });
}

/** Whether a lower-case word, or what is left of it without up to two regular endings, is in the list. */
export function isFrequentWord(word: string): boolean {
  if (known.has(word)) return true;
  const once = stems(word);
  return once.some((stem) => known.has(stem)) || once.some((stem) => stems(stem).some((inner) => known.has(inner)));
}

export const frequentFamilyCount: number = new Set(words(headwords)).size;
