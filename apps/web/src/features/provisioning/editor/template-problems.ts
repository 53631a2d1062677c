import { MAX_TEMPLATE_CHARACTERS, parseTemplate, TemplateError, type TemplateUse } from '@thingdeck/provisioning'
import type { TextCheck, TextProblem } from '../../../shared/editor/text-problem.ts'

/** From where on it is said how much room is left. */
const NEARLY_FULL = 0.9

/** What AWS IoT would refuse of a template, by the parser that the embedded server has, and what it would take amiss. */
export const templateProblems =
  (use: TemplateUse): TextCheck =>
  (text) => {
    if (text.trim() === '') return []
    const wrong = wrongWith(text, use)
    return [...(wrong ? [wrong] : hintsOf(text, use)), ...roomOf(text)]
  }

function wrongWith(text: string, use: TemplateUse): TextProblem | undefined {
  try {
    parseTemplate(text, use)
    return undefined
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const from = Math.min(error.offset, text.length)
    return { severity: 'error', message: error.message, from, to: Math.min(from + 1, text.length) }
  }
}

/** What is right, and yet seldom meant. */
function hintsOf(text: string, use: TemplateUse): readonly TextProblem[] {
  const { thing, policies, certificate, parameters } = parseTemplate(text, use)
  const at = (word: string) => Math.max(text.indexOf(`"${word}"`), 0)
  const hint = (message: string, word: string): TextProblem => ({
    severity: 'warning',
    message,
    from: at(word),
    to: at(word) + word.length + 2,
  })
  const used = usedNames(text)
  const idle = [...parameters.keys()].filter((name) => !used.has(name) && !name.startsWith('AWS::'))
  return [
    ...(thing ? [] : [hint('There is no thing: the certificate will belong to none', 'Resources')]),
    ...(policies.length > 0 || use === 'REGISTRATION'
      ? []
      : [hint('There is no policy: the device may do nothing, unless a thing group has one', 'Resources')]),
    ...(certificate?.status?.kind === 'text' && certificate.status.text.toUpperCase() === 'INACTIVE'
      ? [hint('The certificate stays INACTIVE: the device cannot connect until somebody activates it', 'Status')]
      : []),
    ...idle.map((name) =>
      hint(`Nothing uses the parameter ${name}; without a default, a device that does not give it fails`, name),
    ),
  ]
}

/** Names that a Ref or a Fn::Sub has. */
function usedNames(text: string): ReadonlySet<string> {
  const refs = text.matchAll(/"Ref"\s*:\s*"([^"]*)"/g)
  const variables = text.matchAll(/\$\{([^}]*)\}/g)
  return new Set([...refs, ...variables].map(([, name = '']) => name))
}

function roomOf(text: string): readonly TextProblem[] {
  if (text.length < MAX_TEMPLATE_CHARACTERS * NEARLY_FULL || text.length > MAX_TEMPLATE_CHARACTERS) return []
  const message = `It has ${text.length} of the ${MAX_TEMPLATE_CHARACTERS} characters that AWS takes, blanks included`
  return [{ severity: 'info', message, from: 0, to: 0 }]
}
