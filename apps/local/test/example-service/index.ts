import { formatReservedTopic } from '@thingdeck/topics'
import type { Database } from '../../src/foundation/database.ts'
import { notFound } from '../../src/foundation/errors.ts'
import type { MakeService } from '../../src/foundation/service.ts'

/** Device Defender, of which there is one security profile: as much as shows how a service is written. */
export const defenderService: MakeService = ({ database }) => {
  const profiles = new ProfileTable(database)
  profiles.put('quiet', 3)
  return {
    name: 'defender',
    handlers: {
      iot: {
        DescribeSecurityProfile: ({ securityProfileName }) => {
          const version = profiles.versionOf(securityProfileName)
          if (version === undefined) throw notFound(`Security profile ${securityProfileName} does not exist`)
          return { securityProfileName, version }
        },
      },
    },
    resources: { securityProfileName: 'securityprofile' },
    reservedTopics: {
      defenderMetrics: ({ topic, message, answer }) => {
        if (topic.suffix !== undefined) return
        const isReport = message.payload.byteLength > 0
        const document = { thingName: topic.thingName, status: isReport ? 'ACCEPTED' : 'REJECTED' }
        const suffix = isReport ? 'accepted' : 'rejected'
        answer.toAsker(formatReservedTopic({ ...topic, suffix }), Buffer.from(JSON.stringify(document)))
      },
    },
    reset: () => profiles.put('quiet', 3),
  }
}

/** The service's own table: nobody else reads it. */
class ProfileTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('defender', ['CREATE TABLE profiles (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT'])
  }

  put(name: string, version: number): void {
    this.#database.run('INSERT OR REPLACE INTO profiles VALUES (?, ?)', name, version)
  }

  versionOf(name: string): number | undefined {
    return this.#database.get<{ version: number }>('SELECT version FROM profiles WHERE name = ?', name)?.version
  }
}
