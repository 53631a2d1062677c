import { messageOf } from '../../../../shared/message-of.ts'
import type { FileHandle } from './append-file.ts'
import { RecordingFile } from './recording-file.ts'
import { directoryOf, membersName, tailName } from './recording-store.ts'
import type { FileAnswer, FileRequest } from './stored-target.ts'

/**
 * Writes one recording to the browser's storage. A worker of its own, because compressing and waiting for the disk would
 * hold up the messages. Requests are answered in their order, up to the first that fails.
 */
let file: RecordingFile | undefined
let last: Promise<void> = Promise.resolve()
/** What is asked after a failure is the asker's to keep: a later line without the earlier ones would be a hole. */
let hasFailed = false

/** TypeScript knows the method only in workers' own library, which cannot be had beside that of pages. */
type WithSyncAccess = FileSystemFileHandle & { createSyncAccessHandle(): Promise<FileHandle> }

async function create(directory: FileSystemDirectoryHandle, name: string): Promise<FileHandle> {
  const handle = await directory.getFileHandle(name, { create: true })
  return await (handle as WithSyncAccess).createSyncAccessHandle()
}

async function answerTo(request: FileRequest): Promise<FileAnswer> {
  if (request.kind === 'begin') {
    const directory = await directoryOf(request.owner)
    file = new RecordingFile(
      await create(directory, membersName(request.id)),
      await create(directory, tailName(request.id)),
    )
  } else if (request.kind === 'append') await file?.append(request.batch)
  else {
    if (request.endLine) file?.end(request.endLine)
    file?.close()
  }
  return { kind: 'done', fileBytes: file?.fileBytes ?? 0 }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<FileRequest>) => {
  last = last.then(async () => {
    if (hasFailed) return
    const answer = await answerTo(data).catch(
      (error: unknown): FileAnswer => ({
        kind: 'failed',
        reason: messageOf(error),
        isFull: error instanceof DOMException && error.name === 'QuotaExceededError',
      }),
    )
    hasFailed ||= answer.kind === 'failed'
    postMessage(answer)
  })
})
