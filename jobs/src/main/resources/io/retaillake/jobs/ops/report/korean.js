// Korean particles, which depend on how the word before them is read.

/** Whether digits and letters end with a consonant when they are read: 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔; L 엘, M 엠, N 엔, R 알. */
const CLOSED = /[013678lmnr]$/i;
/** Those that end with ㄹ: 1 일, 7 칠, 8 팔, L 엘, R 알. */
const LIQUID = /[178lr]$/i;

function ending(word) {
  const read = word.replace(/\s*\([^()]*\)$/, '').replace(/[^\p{L}\p{N}]+$/u, '');
  const syllable = read.charCodeAt(read.length - 1) - 0xac00;
  if (syllable >= 0 && syllable < 11172) return { closed: syllable % 28 > 0, liquid: syllable % 28 === 8 };
  return { closed: CLOSED.test(read), liquid: LIQUID.test(read) };
}
/** A word with a particle that has two forms, as in particle('매출', '은/는'); of 으로 ㄹ takes the short form. */
function particle(word, forms) {
  const [closed, open] = forms.split('/');
  const end = ending(word);
  return word + (end.closed && !(closed === '으로' && end.liquid) ? closed : open);
}
