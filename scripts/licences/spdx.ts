/**
 * Licences that a work under Apache-2.0 may include as they are, as far as there is something under them here; a further
 * one is added by whoever has read it.
 * @see ASF 3rd Party License Policy, "Category A"; SPDX License List
 */
const COMPATIBLE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
])

/**
 * Whether what stands under this SPDX expression may be shipped with Thingdeck: of `A OR B` one suffices, of `A AND B`
 * both have to be compatible. What is no such expression (`SEE LICENSE IN …`, `UNLICENSED`, `MIT+`, exceptions) is not.
 */
export function isCompatible(expression: string): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? []
  let place = 0

  function either(): boolean {
    let isEither = both()
    while (tokens[place] === 'OR') {
      place += 1
      isEither = both() || isEither
    }
    return isEither
  }

  function both(): boolean {
    let isBoth = one()
    while (tokens[place] === 'AND') {
      place += 1
      isBoth = one() && isBoth
    }
    return isBoth
  }

  function one(): boolean {
    const token = tokens[place] ?? ''
    place += 1
    if (token !== '(') return COMPATIBLE.has(token)
    const isInner = either()
    const isClosed = tokens[place] === ')'
    place += 1
    return isInner && isClosed
  }

  return either() && place === tokens.length
}
