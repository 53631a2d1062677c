import { CommandError, templateParameters } from '@thingdeck/commands'
import { jsonProblems } from '../../../shared/editor/json-problems.ts'
import type { TextCheck } from '../../../shared/editor/text-problem.ts'

/** What is wrong with a template alone, where it is; what it says of parameters is checked with these. */
export const templateProblems: TextCheck = (text) => {
  if (text.trim() === '') return []
  const problems = jsonProblems(text)
  if (problems.length > 0) return problems
  try {
    templateParameters(text)
    return []
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    // Its sentence names the placeholder that AWS does not have.
    const [about] = /\$\{aws:[^}\s]*\}?/.exec(error.message) ?? []
    const from = about === undefined ? -1 : text.indexOf(about)
    return [
      {
        severity: 'error',
        message: error.message,
        from: Math.max(0, from),
        to: from < 0 ? text.length : from + (about?.length ?? 0),
      },
    ]
  }
}
