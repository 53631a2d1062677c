import { isNamed } from './error-name.ts'

/** What AWS answers; undefined where there is no such thing, or none any more. Other errors are AWS's own. */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}
