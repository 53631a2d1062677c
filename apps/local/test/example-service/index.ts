import { formatReservedTopic } from '@thingdeck/topics'
import type { Database } from '../../src/foundation/database.ts'
import { notFound } from '../../src/foundation/errors.ts'
import type { MakeService } from '../../src/foundation/service.ts'

/** Streams of files, of which there is one: as much as shows how a service is written. */
export const streamsService: MakeService = ({ database }) => {
  const streams = new StreamTable(database)
  streams.put('firmware', 3)
  return {
    name: 'streams',
    handlers: {
      iot: {
        DescribeStream: ({ streamId }) => {
          const streamVersion = streams.versionOf(streamId)
          if (streamVersion === undefined) throw notFound(`Stream ${streamId} does not exist`)
          return { streamInfo: { streamId, streamVersion } }
        },
      },
    },
    resources: { streamId: 'stream' },
    reservedTopics: {
      stream: ({ topic, answer }) => {
        if (topic.message !== 'describe') return
        const version = streams.versionOf(topic.streamId)
        const document = version === undefined ? { o: 'ResourceNotFound' } : { s: version }
        const message = version === undefined ? 'rejected' : 'description'
        answer.toAsker(formatReservedTopic({ ...topic, message }), Buffer.from(JSON.stringify(document)))
      },
    },
    reset: () => streams.put('firmware', 3),
  }
}

/** The service's own table: nobody else reads it. */
class StreamTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('streams', ['CREATE TABLE streams (id TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT'])
  }

  put(id: string, version: number): void {
    this.#database.run('INSERT OR REPLACE INTO streams VALUES (?, ?)', id, version)
  }

  versionOf(id: string): number | undefined {
    return this.#database.get<{ version: number }>('SELECT version FROM streams WHERE id = ?', id)?.version
  }
}
