import type { Account } from '../../foundation/account.ts'
import { arnOf } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, type PageRequest, paginateByText } from '../../foundation/paging.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import { requireThing } from './thing-rules.ts'
import type { ThingTable } from './thing-table.ts'

export type ThingPrincipalType = 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING'

/** A thing and a principal that is attached to it. */
export interface ThingPrincipal {
  readonly thingName: string
  readonly principal: string
  readonly thingPrincipalType: ThingPrincipalType
}

/** Whether there is this certificate (by ARN) or this Cognito identity (by id). */
export type PrincipalExists = (principal: string) => boolean

interface AttachmentRow {
  thing: string
  principal: string
  exclusive: number
}

const COGNITO_IDENTITY_ID = /^[a-z]{2}(-[a-z]+)+-\d:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Which principals (X.509 certificates, Cognito identities) are attached to which things. An exclusive attachment is
 * the only one of its principal.
 * @see AWS IoT developer guide, "Attach a principal to a thing", "Associating an AWS IoT thing to an MQTT client
 *   connection"
 */
export class ThingPrincipals {
  readonly #account: Account
  readonly #database: Database
  readonly #things: ThingTable
  readonly #principalExists: PrincipalExists
  readonly #changes: Changes<RegistryChange>

  constructor(
    { account, database }: LocalContext,
    things: ThingTable,
    principalExists: PrincipalExists,
    changes: Changes<RegistryChange>,
  ) {
    this.#account = account
    this.#database = database
    this.#things = things
    this.#principalExists = principalExists
    this.#changes = changes
    database.migrate('thing-principals', [
      `CREATE TABLE thing_principals (
         thing TEXT NOT NULL,
         principal TEXT NOT NULL,
         exclusive INTEGER NOT NULL,
         PRIMARY KEY (thing, principal)
       ) STRICT, WITHOUT ROWID;
       CREATE INDEX thing_principals_by_principal ON thing_principals (principal, thing);`,
    ])
  }

  /** Attaches a principal; attaching it again only changes the type. */
  attach({ thingName, principal, thingPrincipalType = 'NON_EXCLUSIVE_THING' }: IotInput<'AttachThingPrincipal'>): void {
    requireThing(this.#things, thingName)
    this.#requirePrincipal(principal)
    const exclusive = thingPrincipalType === 'EXCLUSIVE_THING'
    if (exclusive && !this.#isCertificate(principal)) {
      throw invalidRequest('Only an X.509 certificate can be attached to a thing exclusively')
    }
    this.#database.transaction(() => {
      const others = this.attachmentsOf(principal).filter((other) => other.thingName !== thingName)
      const holder = others.find((other) => other.thingPrincipalType === 'EXCLUSIVE_THING')
      if (holder) {
        throw invalidRequest(`Principal ${principal} is exclusively attached to thing ${holder.thingName}`)
      }
      if (exclusive && others.length > 0) {
        throw invalidRequest(
          `Principal ${principal} cannot be attached exclusively: it is attached to one or more other things`,
        )
      }
      this.#database.run(
        `INSERT INTO thing_principals (thing, principal, exclusive) VALUES (?, ?, ?)
         ON CONFLICT (thing, principal) DO UPDATE SET exclusive = excluded.exclusive`,
        thingName,
        principal,
        exclusive ? 1 : 0,
      )
    })
    this.#changes.tell({ type: 'principal', operation: 'attached', thingName, principal })
  }

  detach({ thingName, principal }: IotInput<'DetachThingPrincipal'>): void {
    this.#checkForm(principal)
    requireThing(this.#things, thingName)
    const sql = 'DELETE FROM thing_principals WHERE thing = ? AND principal = ?'
    if (this.#database.run(sql, thingName, principal).changes === 0) {
      throw notFound(`Principal ${principal} is not attached to thing ${thingName}.`)
    }
    this.#changes.tell({ type: 'principal', operation: 'detached', thingName, principal })
  }

  isAttached(thingName: string, principal: string): boolean {
    const sql = 'SELECT 1 FROM thing_principals WHERE thing = ? AND principal = ?'
    return this.#database.get(sql, thingName, principal) !== undefined
  }

  hasPrincipals(thingName: string): boolean {
    return this.#database.get('SELECT 1 FROM thing_principals WHERE thing = ? LIMIT 1', thingName) !== undefined
  }

  /** Every attachment of a principal. */
  attachmentsOf(principal: string): ThingPrincipal[] {
    const sql = 'SELECT thing, principal, exclusive FROM thing_principals WHERE principal = ? ORDER BY thing'
    return this.#database.all<AttachmentRow>(sql, principal).map(attachment)
  }

  /** The names of the things that a principal is attached to. */
  thingsOf(principal: string): string[] {
    return this.attachmentsOf(principal).map(({ thingName }) => thingName)
  }

  /** The one thing that a principal is exclusively attached to. */
  exclusiveThingOf(principal: string): string | undefined {
    const sql = 'SELECT thing FROM thing_principals WHERE principal = ? AND exclusive = 1'
    return this.#database.get<{ thing: string }>(sql, principal)?.thing
  }

  /** Attachments of a thing, by principal. */
  listOfThing(thingName: string, request: PageRequest, type?: ThingPrincipalType): Page<ThingPrincipal> {
    if (!this.#things.has(thingName)) {
      throw notFound(
        `Failed to list principals for thing ${thingName} because the thing does not exist in your account`,
      )
    }
    return this.#list('thing', 'principal', thingName, request, type)
  }

  /** Attachments of a principal, by thing. */
  listOfPrincipal(principal: string, request: PageRequest, type?: ThingPrincipalType): Page<ThingPrincipal> {
    this.#requirePrincipal(principal)
    return this.#list('principal', 'thing', principal, request, type)
  }

  #list(
    of: 'thing' | 'principal',
    by: 'thing' | 'principal',
    name: string,
    request: PageRequest,
    type: ThingPrincipalType | undefined,
  ): Page<ThingPrincipal> {
    const exclusive = type === undefined ? null : type === 'EXCLUSIVE_THING' ? 1 : 0
    return paginateByText(
      request,
      `attachments by ${by}`,
      (after, count) =>
        this.#database
          .all<AttachmentRow>(
            `SELECT thing, principal, exclusive FROM thing_principals
             WHERE ${of} = ? AND ${by} > ? AND (? IS NULL OR exclusive = ?) ORDER BY ${by} LIMIT ?`,
            name,
            after,
            exclusive,
            exclusive,
            count,
          )
          .map(attachment),
      (row) => (by === 'thing' ? row.thingName : row.principal),
    )
  }

  #requirePrincipal(principal: string): void {
    this.#checkForm(principal)
    if (!this.#principalExists(principal)) throw notFound(`Principal ${principal} cannot be found.`)
  }

  #checkForm(principal: string): void {
    if (this.#isCertificate(principal) || COGNITO_IDENTITY_ID.test(principal)) return
    throw invalidRequest(`Invalid principal: ${principal}`)
  }

  #isCertificate(principal: string): boolean {
    const prefix = arnOf(this.#account, 'iot', 'cert/')
    return principal.startsWith(prefix) && /^[0-9a-f]{64}$/i.test(principal.slice(prefix.length))
  }
}

const attachment = ({ thing, principal, exclusive }: AttachmentRow): ThingPrincipal => ({
  thingName: thing,
  principal,
  thingPrincipalType: exclusive === 1 ? 'EXCLUSIVE_THING' : 'NON_EXCLUSIVE_THING',
})
