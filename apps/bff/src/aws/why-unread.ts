import { httpStatusOf, isNamed } from './error-name.ts'

/** What is not read for a reason that a page can explain: the console's own role lacks it, or nothing serves it here. */
export interface Unread {
  readonly outcome: 'not-allowed' | 'not-served'
  /** AWS's words. */
  readonly message: string
}

/** Services name it differently; each of these is about the console's own permissions (IAM user guide). */
const NOT_ALLOWED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedException', 'ForbiddenException'] as const

/** Whether AWS refused it for want of the console's own permissions. */
export const isRefused = (error: unknown): error is Error => isNamed(error, ...NOT_ALLOWED)

/** Why something was not read; undefined where the error is another one, which is thrown. */
export function whyUnread(error: unknown): Unread | undefined {
  if (!(error instanceof Error)) return undefined
  const message = `${error.name}: ${error.message}`
  if (isRefused(error)) return { outcome: 'not-allowed', message }
  const isUnknown = httpStatusOf(error) === 501 || isNamed(error, 'UnknownOperationException')
  return isUnknown ? { outcome: 'not-served', message } : undefined
}

/**
 * What `read` answers, or `nothing` with the reason why there is nothing.
 * @throws whatever has another reason
 */
export async function orUnread<Answer, Nothing>(
  read: () => Promise<Answer>,
  nothing: Nothing,
): Promise<Answer | (Nothing & Unread)> {
  try {
    return await read()
  } catch (error) {
    const why = whyUnread(error)
    if (!why) throw error
    return { ...nothing, ...why }
  }
}

/** What is read; undefined where AWS refuses it for want of the console's own permissions. Other errors are thrown. */
export async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}
