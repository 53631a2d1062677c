import { type TLiteral, type TSchemaOptions, type TUnion, Type } from 'typebox'

type OneOf<Texts extends readonly string[]> = TUnion<{ -readonly [Index in keyof Texts]: TLiteral<Texts[Index]> }>

/** One of these texts: `oneOf(['Sum', 'Average'])`. */
export function oneOf<const Texts extends readonly string[]>(texts: Texts, options: TSchemaOptions = {}): OneOf<Texts> {
  const literals = texts.map((text) => Type.Literal(text))
  return Type.Union(literals, options) as unknown as OneOf<Texts> // `map` forgets which literal stands where
}
