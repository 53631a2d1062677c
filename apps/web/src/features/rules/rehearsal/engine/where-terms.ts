import type { ExplainedTerm, Explanation } from '@thingdeck/rules-sql'
import { valueText } from './value-text.ts'

const JOINS: readonly ExplainedTerm['operator'][] = ['AND', 'OR', 'NOT']

/** The terms of WHERE that AND, OR and NOT join: what one looks at to see why. */
export const leafTerms = (term: ExplainedTerm): readonly ExplainedTerm[] =>
  JOINS.includes(term.operator) ? term.terms.flatMap(leafTerms) : [term]

/** Why WHERE was not true, in a line. */
export function whyNot({ where, undefinedNotes }: Explanation): string {
  if (where === undefined) return ''
  const culprits = culpritsOf(where, true)
  return culprits.map((term) => termWords(term, undefinedNotes)).join(' · ')
}

/** The leaves because of which a term is not what was wanted of it. */
function culpritsOf(term: ExplainedTerm, wanted: boolean): readonly ExplainedTerm[] {
  if (!term.isEvaluated) return []
  switch (term.operator) {
    case 'NOT':
      return term.terms.flatMap((each) => culpritsOf(each, !wanted))
    case 'AND':
    case 'OR': {
      const culprits = term.terms.filter(({ value }) => value !== wanted)
      return culprits.flatMap((each) => culpritsOf(each, wanted))
    }
    default:
      return term.value === wanted ? [] : [term]
  }
}

function termWords(term: ExplainedTerm, notes: Explanation['undefinedNotes']): string {
  if (term.value === undefined) {
    const note = notes.find(({ from, to }) => from >= term.from && to <= term.to)
    return `${term.text} is Undefined${note ? `: ${lowerFirst(note.sentence)}` : ''}`
  }
  const sides = term.terms.map((side) => `${side.text} = ${valueText(side.value)}`).join(', ')
  return `${term.text} is ${valueText(term.value)}${sides && ` (${sides})`}`
}

const lowerFirst = (sentence: string): string => (/^The\b/.test(sentence) ? `the${sentence.slice(3)}` : sentence)
