import { type JsonPath, locate, type TextRange } from '@thingdeck/json'

/**
 * Where in a document lies what AWS refused, as far as its words name a place: `(at Statement[0].Action[1])`,
 * `line 3, column 7`, `Line: 3`. AWS documents no form of them.
 * @returns undefined: they name none, or one that the text does not have
 */
export function refusedPlace(words: string, text: string): TextRange | undefined {
  const path = /\bStatement\[\d+\](?:\.\w+|\[\d+\])*/.exec(words)?.[0]
  if (path !== undefined) return placeOfPath(text, path)
  const [, line, column] = /\bline\b:?\s*(\d+)(?:[,\s]+column:?\s*(\d+))?/i.exec(words) ?? []
  return line === undefined
    ? undefined
    : placeOfLine(text, Number(line), column === undefined ? undefined : Number(column))
}

function placeOfPath(text: string, path: string): TextRange | undefined {
  const steps: JsonPath = [...path.matchAll(/(\w+)|\[(\d+)\]/g)].map(([step, name]) =>
    name !== undefined && !step.startsWith('[') ? name : Number(step.slice(1, -1)),
  )
  try {
    // A single statement, action or resource may stand without the list that it is named by.
    return (
      locate(text, steps) ??
      locate(
        text,
        steps.filter((step) => typeof step === 'string'),
      )
    )
  } catch {
    return undefined // the text is no JSON: then the words are about that
  }
}

function placeOfLine(text: string, line: number, column: number | undefined): TextRange | undefined {
  const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/)
  const whole = lines[line - 1]
  if (whole === undefined) return undefined
  const start = lines.slice(0, line - 1).join('').length
  const end = start + whole.replace(/[\r\n]+$/, '').length
  return { start: column === undefined ? start : Math.min(end, start + Math.max(0, column - 1)), end }
}
