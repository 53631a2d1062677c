import { MemoryDocuments } from '../src/stores/documents/memory-documents.ts'

/** Documents of which the first update of one gets no answer, whether it was kept or not. */
export function withUnansweredUpdate(unanswered: string, isKept: boolean): MemoryDocuments {
  const documents = new MemoryDocuments()
  const update = documents.update.bind(documents)
  documents.update = async (name, change) => {
    if (name !== unanswered) return update(name, change)
    documents.update = update
    if (isKept) await update(name, change)
    throw new Error('no answer')
  }
  return documents
}
