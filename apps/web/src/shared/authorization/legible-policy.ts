import { formatDocument } from '../policy-editor/document-text.ts'

/** As it is written, unless it stands in one line. */
export const legiblePolicy = (text: string): string => (text.trim().includes('\n') ? text : formatDocument(text))
