import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Database, NewerSchemaError } from './database.ts'

const TABLE = ['CREATE TABLE note (id INTEGER PRIMARY KEY, maker TEXT NOT NULL, text TEXT NOT NULL)']
const PAGE_BYTES = 4096

let folder: string
let files = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thingdeck-database-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A database in a file, with a table of notes. */
function open(path = join(folder, `${files++}.db`)): Database {
  const database = new Database(path)
  database.migrate('notes', TABLE)
  return database
}

/** From now on the disk has room for so many more pages: beyond them SQLite answers as on a full disk (SQLITE_FULL). */
function leaveRoom(database: Database, pages: number): void {
  const used = database.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
  database.get(`PRAGMA max_page_count = ${used + pages}`)
}

const INSERT = 'INSERT INTO note (maker, text) VALUES (?, ?)'
const LARGE = 'x'.repeat(8 * PAGE_BYTES)

const textsOf = (database: Database) => database.all<{ text: string }>('SELECT text FROM note').map(({ text }) => text)

describe('a full disk', () => {
  test('the failure of deferred writes is told to whoever deferred, although somebody else commits', () => {
    const database = open()
    leaveRoom(database, 2)
    // So large a change is written to the file only at the commit, page by page.
    database.runDeferred(INSERT, 'broker', 'small')
    const before = database.losses
    expect(() => database.runDeferred(INSERT, 'broker', LARGE)).toThrow('full')
    database.run(INSERT, 'registry', 'small')
    database.commitDeferred()
    expect(database.losses).toBe(before + 1)
    expect(String(database.lastLoss)).toContain('full')
    expect(textsOf(database)).toEqual(['small'])
  })

  test.each([
    [
      'a transaction',
      (database: Database, text: string) => database.transaction(() => database.run(INSERT, 'a', text)),
    ],
    ['a write', (database: Database, text: string) => database.run(INSERT, 'a', text)],
  ])('%s says what it is about, and the next one works once there is room', (_, write) => {
    const database = open()
    leaveRoom(database, 1)
    expect(() => write(database, LARGE)).toThrow('database or disk is full')
    expect(() => write(database, LARGE)).toThrow('database or disk is full')
    leaveRoom(database, 100)
    write(database, LARGE)
    database.runDeferred(INSERT, 'b', 'later')
    database.commitDeferred()
    expect(textsOf(database)).toEqual([LARGE, 'later'])
  })

  test('a transaction that goes on after it was taken away is not taken for done', () => {
    const database = open()
    leaveRoom(database, 1)
    const work = () => {
      try {
        database.run(INSERT, 'a', LARGE)
      } catch {
        // as a service might that has something else to try
      }
    }
    expect(() => database.transaction(work)).toThrow('database or disk is full')
  })

  test('what was deferred within a transaction is lost with it, and counted', () => {
    const database = open()
    const work = () => {
      database.runDeferred(INSERT, 'broker', 'within')
      throw new Error('refused')
    }
    expect(() => database.transaction(work)).toThrow('refused')
    expect(database.losses).toBe(1)
    expect(textsOf(database)).toEqual([])
  })

  test('durably answers only for what is durable, whoever committed it', async () => {
    const database = open()
    leaveRoom(database, 2)
    const lost = database.durably(() => {
      database.runDeferred(INSERT, 'broker', 'small')
      expect(() => database.runDeferred(INSERT, 'other', LARGE)).toThrow('full')
      database.run(INSERT, 'registry', 'kept')
      return 'answer'
    })
    await expect(lost).rejects.toThrow('database or disk is full')
    await expect(database.durably(() => database.runDeferred(INSERT, 'broker', 'two').changes)).resolves.toBe(1)
    expect(textsOf(database)).toEqual(['kept', 'two'])
  })

  test('what nobody waited for, and is lost with the commit of somebody else, is told to nobody', async () => {
    const database = open()
    // A deferred constraint fails at the commit, as a full disk does at times.
    database.migrate('links', [
      'CREATE TABLE link (note INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
    ])
    const deferForNobody = () => database.runDeferred('INSERT INTO link VALUES (404)')
    deferForNobody()
    await expect(database.durably(() => 'read')).resolves.toBe('read')
    deferForNobody()
    await expect(database.durably(() => database.run(INSERT, 'registry', 'kept').changes)).resolves.toBe(1)
    deferForNobody()
    const withIt = database.durably(() => database.runDeferred(INSERT, 'broker', 'lost with it').changes)
    await expect(withIt).rejects.toThrow('FOREIGN KEY')
    expect(database.losses).toBe(3)
    expect(textsOf(database)).toEqual(['kept'])
  })

  test('who waits is told why their own writes were lost, and nothing of those of others', async () => {
    const database = open()
    database.migrate('links', [
      'CREATE TABLE link (note INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
    ])
    const wait = Promise.withResolvers<void>()
    const waiting = (before: () => void, after: () => void) =>
      database.durably(async () => {
        before()
        await wait.promise
        after()
        return 'answer'
      })
    const deferNote = () => void database.runDeferred(INSERT, 'a', 'kept')
    const deferLost = () => void database.runDeferred('INSERT INTO link VALUES (404)')
    const nothing = () => {}
    const beginsWith = waiting(deferNote, nothing)
    database.commitDeferred()
    const lost = waiting(deferLost, nothing)
    const others = [waiting(nothing, nothing), waiting(nothing, deferNote)]
    const refused = () =>
      database.transaction(() => {
        database.runDeferred(INSERT, 'b', 'refused')
        throw new Error('refused')
      })
    expect(refused).toThrow('refused')
    wait.resolve()
    await expect(lost).rejects.toThrow('FOREIGN KEY')
    for (const kept of [beginsWith, ...others]) await expect(kept).resolves.toBe('answer')
    expect(textsOf(database)).toEqual(['kept', 'kept'])
  })
})

describe('a transaction', () => {
  test('a part that throws is undone alone, with what was to follow it', () => {
    const database = open()
    const told: string[] = []
    database.transaction(() => {
      database.run(INSERT, 'a', 'whole')
      database.whenKept(() => told.push('whole kept'))
      const part = () =>
        database.transaction(() => {
          database.run(INSERT, 'a', 'part')
          database.whenKept(() => told.push('part kept'))
          database.whenLost(() => told.push('part lost'))
          throw new Error('refused')
        })
      expect(part).toThrow('refused')
      expect(told).toEqual(['part lost'])
      database.transaction(() => database.run(INSERT, 'a', 'another part'))
    })
    expect(told).toEqual(['part lost', 'whole kept'])
    expect(textsOf(database)).toEqual(['whole', 'another part'])
  })

  test('of a part that deferred writes and was undone, the whole is told, whoever caught it', () => {
    const database = open()
    const part = () =>
      database.transaction(() => {
        database.runDeferred(INSERT, 'broker', 'part')
        throw new Error('refused')
      })
    const whole = () =>
      database.transaction(() => {
        database.run(INSERT, 'a', 'whole')
        expect(part).toThrow('refused')
      })
    expect(whole).toThrow('refused')
    expect(textsOf(database)).toEqual([])
  })

  test('of which somebody was told and that is not kept is among the losses, unless it only read', () => {
    const database = open()
    const refused = (work: () => void) => () =>
      database.transaction(() => {
        work()
        database.tell()
        throw new Error('refused')
      })
    expect(refused(() => textsOf(database))).toThrow('refused')
    expect(database.losses).toBe(0)
    expect(refused(() => database.run(INSERT, 'a', 'whole'))).toThrow('refused')
    expect([database.losses, String(database.lastLoss)]).toEqual([1, 'Error: refused'])
    database.tell()
    expect(() =>
      database.transaction(() => {
        database.run(INSERT, 'a', 'another')
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect(database.losses).toBe(1)
  })

  test('that was taken away keeps nothing that is written after that, and says why', () => {
    const database = open()
    leaveRoom(database, 1)
    const told: string[] = []
    const work = () => {
      database.whenKept(() => told.push('kept'))
      database.whenLost(() => told.push('lost'))
      expect(() => database.run(INSERT, 'a', LARGE)).toThrow('full')
      leaveRoom(database, 100)
      const later = [
        () => database.run(INSERT, 'a', 'later'),
        () => database.runDeferred(INSERT, 'a', 'later'),
        () => database.runReturning(`${INSERT} RETURNING id`, 'a', 'later'),
        () => database.transaction(() => database.run(INSERT, 'a', 'later')),
      ]
      for (const write of later) expect(write).toThrow('full')
    }
    expect(() => database.transaction(work)).toThrow('full')
    expect(told).toEqual(['lost'])
    expect(textsOf(database)).toEqual([])
    database.whenKept(() => told.push('at once'))
    expect(told).toEqual(['lost', 'at once'])
  })

  test('that only reads, and throws, takes nothing away that others deferred', () => {
    const database = open()
    database.runDeferred(INSERT, 'broker', 'deferred')
    const work = () => {
      textsOf(database)
      throw new Error('refused')
    }
    expect(() => database.transaction(work)).toThrow('refused')
    database.commitDeferred()
    expect([database.losses, textsOf(database)]).toEqual([0, ['deferred']])
  })
})

test('a file that a later release has changed is not opened, and stays as it is', () => {
  const path = join(folder, 'later.db')
  const later = open(path)
  later.migrate('notes', [...TABLE, 'ALTER TABLE note ADD COLUMN colour TEXT'])
  later.close()
  expect(() => open(path)).toThrow(NewerSchemaError)
})

test('nobody but its owner may read the file and its log, also where an earlier release made it', () => {
  const path = join(folder, 'mine.db')
  open(path).close()
  chmodSync(path, 0o644)
  const database = open(path)
  database.run(INSERT, 'registry', 'a secret')
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  database.close()
})

/** What a service does next, and how much room the disk has then. */
const step = fc.record({
  kind: fc.constantFrom('run', 'deferred', 'transaction', 'commit', 'commit'),
  maker: fc.constantFrom('broker', 'registry', 'shadows'),
  pages: fc.constantFrom(0, 0, 0, 3, 12),
  room: fc.option(fc.constantFrom(0, 1, 4, 20), { freq: 4 }),
})

test('whatever the disk does, what was acknowledged is in the file', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const path = join(folder, `${files++}.db`)
      const database = open(path)
      const acknowledged: string[] = []
      let pending: string[] = []
      let known = database.losses
      let count = 0
      for (const { kind, maker, pages, room } of steps) {
        if (room !== null) leaveRoom(database, room)
        const text = `${count++}:${'x'.repeat(pages * PAGE_BYTES)}`
        try {
          switch (kind) {
            case 'run':
              database.run(INSERT, maker, text)
              acknowledged.push(text)
              break
            case 'transaction':
              database.transaction(() => {
                database.run(INSERT, maker, text)
                database.run(INSERT, maker, `${text}!`)
              })
              acknowledged.push(text, `${text}!`)
              break
            case 'deferred':
              database.runDeferred(INSERT, maker, text)
              pending.push(text)
              break
            case 'commit':
              database.commitDeferred()
          }
        } catch (error) {
          expect(String(error)).toContain('full')
        }
        if (kind !== 'commit') continue
        if (database.losses === known) acknowledged.push(...pending)
        known = database.losses
        pending = []
      }
      // As after kill -9: the file and its log, as they are at this moment.
      const copy = join(folder, `${files++}.db`)
      copyFileSync(path, copy)
      if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
      const after = new Database(copy)
      const kept = new Set(textsOf(after))
      after.close()
      database.close()
      expect(acknowledged.filter((text) => !kept.has(text))).toEqual([])
    }),
    { numRuns: 150 },
  )
})
