/** What placeholders stand for in one message. */
export interface TemplateContext {
  readonly nowMs: number
  readonly uuid: string
  /** From 1, counted up with each message. */
  readonly seq: number
  readonly thingName?: string
}

export const PLACEHOLDERS = ['thingName', 'now', 'nowMs', 'uuid', 'seq'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

export type Expanded =
  | { readonly ok: true; readonly text: string }
  /** Offsets into the template, in UTF-16 code units. */
  | { readonly ok: false; readonly from: number; readonly to: number; readonly message: string }

/** Two braces around a word, and the backslashes right before them. */
const BRACES = /(\\*)\{\{\s*(\w+)\s*\}\}/g

/**
 * Replaces `{{now}}` and the like. Braces around anything but a word, as in JSON, are left as they are. A backslash before
 * the braces takes their meaning, and is taken away itself: `\{{now}}` becomes `{{now}}`. Two before them, as JSON writes
 * one, take nothing: `"C:\\{{uuid}}"` has both, and an id behind them.
 */
export function expandTemplate(template: string, context: TemplateContext): Expanded {
  let text = ''
  let copied = 0
  for (const { 0: whole, 1: backslashes = '', 2: name = '', index } of template.matchAll(BRACES)) {
    const from = index + backslashes.length
    const to = index + whole.length
    if (backslashes.length % 2 === 1) {
      text += template.slice(copied, from - 1)
      copied = from
      continue
    }
    const value = isPlaceholder(name) ? standsFor(name, context) : undefined
    if (value === undefined) return { ok: false, from, to, message: whyNoValue(name, template.slice(from, to)) }
    text += template.slice(copied, from) + value
    copied = to
  }
  return { ok: true, text: text + template.slice(copied) }
}

/** The placeholders in it that would be replaced, each as often as it stands there. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  return [...text.matchAll(BRACES)].flatMap(([, backslashes = '', name = '']) =>
    backslashes.length % 2 === 0 && isPlaceholder(name) ? [name] : [],
  )
}

const ALL_OF_THEM = PLACEHOLDERS.map((each) => `{{${each}}}`).join(', ')

function whyNoValue(name: string, written: string): string {
  if (name === 'thingName') return 'There is no thing here whose name {{thingName}} could be.'
  return `There is no placeholder ${written}; there are ${ALL_OF_THEM}. Write \\${written} where the braces are meant, or replace no placeholders.`
}

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name)

function standsFor(name: Placeholder, { nowMs, uuid, seq, thingName }: TemplateContext): string | undefined {
  switch (name) {
    case 'thingName':
      return thingName
    case 'now':
      return new Date(nowMs).toISOString()
    case 'nowMs':
      return String(nowMs)
    case 'uuid':
      return uuid
    case 'seq':
      return String(seq)
  }
}
