import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotHandlers, IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, type PageRequest, readPage } from '../../foundation/marker-paging.ts'
import { parseRoleArn, type Roles } from '../../foundation/roles.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'

/** A name under which devices ask for the credentials of a role. Times are epoch milliseconds. */
export interface RoleAlias {
  readonly seq: number
  readonly name: string
  readonly arn: string
  readonly roleArn: string
  readonly durationSeconds: number
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

const COLUMNS = `seq, name, role_arn AS roleArn, duration_seconds AS durationSeconds, created_at_ms AS createdAtMs,
  modified_at_ms AS modifiedAtMs`

const STEPS = [
  `CREATE TABLE role_aliases (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    role_arn TEXT NOT NULL,
    duration_seconds INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT`,
]

const DEFAULT_DURATION_SECONDS = 3600
/** AWS IoT's quota, "Role aliases per account". */
const MAX_ALIASES = 100

/** @see AWS IoT Core developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider" */
export class RoleAliases {
  readonly #context: LocalContext
  readonly #roles: Roles
  readonly #tags: TagKeeper | undefined

  constructor(context: LocalContext, roles: Roles, tags?: TagKeeper) {
    this.#context = context
    this.#roles = roles
    this.#tags = tags
    context.database.migrate('role-aliases', STEPS)
    tags?.addKind('rolealias', (name) => this.find(name) !== undefined)
  }

  find(name: string): RoleAlias | undefined {
    const row = this.#context.database.get<RoleAlias>(`SELECT ${COLUMNS} FROM role_aliases WHERE name = ?`, name)
    return row && this.#withArn(row)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(name: string): RoleAlias {
    const alias = this.find(name)
    if (!alias) throw new AwsError('ResourceNotFoundException', `Role alias ${name} does not exist`)
    return alias
  }

  /** @throws {AwsError} ResourceAlreadyExistsException, LimitExceededException, InvalidRequestException */
  create(request: IotInput<'CreateRoleAlias'>): RoleAlias {
    const { roleAlias: name, roleArn, credentialDurationSeconds: duration = DEFAULT_DURATION_SECONDS } = request
    this.#checkRole(roleArn, duration)
    const { database, clock } = this.#context
    return database.transaction(() => {
      const existing = this.find(name)
      if (existing) {
        throw new AwsError('ResourceAlreadyExistsException', `Role alias ${name} already exists`, {
          resourceId: name,
          resourceArn: existing.arn,
        })
      }
      const count = database.get<{ count: number }>('SELECT count(*) AS count FROM role_aliases')?.count ?? 0
      if (count >= MAX_ALIASES) throw new AwsError('LimitExceededException', `No more than ${MAX_ALIASES} role aliases`)
      database.run(
        `INSERT INTO role_aliases (name, role_arn, duration_seconds, created_at_ms, modified_at_ms)
          VALUES (?, ?, ?, ?, ?)`,
        name,
        roleArn,
        duration,
        clock(),
        clock(),
      )
      const alias = this.mustFind(name)
      this.#tags?.create(alias.arn, request.tags)
      return alias
    })
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException */
  update(request: IotInput<'UpdateRoleAlias'>): RoleAlias {
    const alias = this.mustFind(request.roleAlias)
    const { roleArn = alias.roleArn, credentialDurationSeconds: duration = alias.durationSeconds } = request
    this.#checkRole(roleArn, duration)
    this.#context.database.run(
      'UPDATE role_aliases SET role_arn = ?, duration_seconds = ?, modified_at_ms = ? WHERE name = ?',
      roleArn,
      duration,
      this.#context.clock(),
      alias.name,
    )
    return this.mustFind(alias.name)
  }

  delete(name: string): void {
    const { arn } = this.mustFind(name)
    this.#context.database.transaction(() => {
      this.#context.database.run('DELETE FROM role_aliases WHERE name = ?', name)
      this.#tags?.forget(arn)
    })
  }

  list(request: PageRequest): Page<RoleAlias> {
    const page = readPage<RoleAlias>('role aliases', request, ({ sql, after, limit }) =>
      this.#context.database.all<RoleAlias>(`SELECT ${COLUMNS} FROM role_aliases WHERE ${sql}`, after, limit),
    )
    return { ...page, rows: page.rows.map((row) => this.#withArn(row)) }
  }

  #checkRole(roleArn: string, durationSeconds: number): void {
    const parsed = parseRoleArn(roleArn)
    if (!parsed) throw new AwsError('InvalidRequestException', `${roleArn} is not the ARN of a role`)
    if (parsed.account !== this.#context.account.id) {
      throw new AwsError('InvalidRequestException', `The role must be of account ${this.#context.account.id}`)
    }
    const maximum = this.#roles.find(parsed.name)?.maxSessionSeconds
    if (maximum !== undefined && durationSeconds > maximum) {
      throw new AwsError(
        'InvalidRequestException',
        `credentialDurationSeconds must not exceed the maximum session duration of the role, ${maximum}`,
      )
    }
  }

  #withArn(row: RoleAlias): RoleAlias {
    return { ...row, arn: arnOf(this.#context.account, 'iot', `rolealias/${row.name}`) }
  }
}

/** The control plane's operations on role aliases. */
export function roleAliasHandlers({ account }: LocalContext, aliases: RoleAliases) {
  return {
    CreateRoleAlias: (request) => {
      const { name, arn } = aliases.create(request)
      return { roleAlias: name, roleAliasArn: arn }
    },
    DescribeRoleAlias: ({ roleAlias }) => {
      const alias = aliases.mustFind(roleAlias)
      return {
        roleAliasDescription: {
          roleAlias: alias.name,
          roleAliasArn: alias.arn,
          roleArn: alias.roleArn,
          owner: account.id,
          credentialDurationSeconds: alias.durationSeconds,
          creationDate: new Date(alias.createdAtMs),
          lastModifiedDate: new Date(alias.modifiedAtMs),
        },
      }
    },
    UpdateRoleAlias: (request) => {
      const { name, arn } = aliases.update(request)
      return { roleAlias: name, roleAliasArn: arn }
    },
    DeleteRoleAlias: ({ roleAlias }) => {
      aliases.delete(roleAlias)
      return {}
    },
    ListRoleAliases: (request) => {
      const { rows, ...page } = aliases.list(request)
      return { ...page, roleAliases: rows.map(({ name }) => name) }
    },
  } satisfies IotHandlers
}
