import { isObject, jsonObjectIn } from '../../../shared/json-object-in.ts'

/** A line of a report, as far as its form is known: AWS documents none. */
export interface ReportLine {
  readonly line: string
  readonly code?: string
  readonly text: string
}

export function readReportLine(text: string): ReportLine {
  const value = jsonObjectIn(text) ?? {}
  const line = String(value.lineNumber ?? '–')
  const error = value.error ?? value.errorMessage
  if (typeof error === 'string') return { line, text: error }
  if (isObject(error)) {
    const { code, message } = error
    return { line, ...(typeof code === 'string' && { code }), text: typeof message === 'string' ? message : text }
  }
  const response = isObject(value.response) ? value.response : {}
  const arns = response.ResourceArns
  return { line, text: isObject(arns) ? Object.values(arns).join(', ') : text }
}
