import fc from 'fast-check'

const SURROGATES = { from: 0xd800, count: 0x800 }

/**
 * Any code point but half a pair, for `fc.string({ unit: anyCharacter })`: what `unit: 'binary'` gives, too, after a table
 * of them all was made, which takes each process of tests some seconds.
 */
export const anyCharacter = fc.nat(0x10_ffff - SURROGATES.count).map(
  (index) => String.fromCodePoint(index < SURROGATES.from ? index : index + SURROGATES.count),
  // By this the library knows that texts which are often taken wrongly, as `__proto__`, are made of these characters.
  (character) => {
    const [whole = '', ...more] = typeof character === 'string' ? character : ''
    const codePoint = whole.codePointAt(0)
    if (codePoint === undefined || more.length > 0 || !whole.isWellFormed()) throw new TypeError('no such character')
    return codePoint < SURROGATES.from ? codePoint : codePoint - SURROGATES.count
  },
)
