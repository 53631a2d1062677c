import { inputMembers, type ServiceCoverage, type WatchInput } from '@thingdeck/aws-api'
import { AWS_APIS, type AwsApiEntry } from '../../src/foundation/aws-apis.ts'
import { CLOUDWATCH } from '../../src/services/cloudwatch/cloudwatch-api.ts'
import { CLOUDWATCH_LOGS } from '../../src/services/cloudwatch-logs/cloudwatch-logs-api.ts'
import { FIREHOSE } from '../../src/services/firehose/firehose-api.ts'
import { LAMBDA } from '../../src/services/lambda/lambda-api.ts'

/** Those that services share, and those that one service brings. */
const APIS: Readonly<Record<string, AwsApiEntry>> = {
  ...AWS_APIS,
  cloudwatch: CLOUDWATCH,
  cloudwatchLogs: CLOUDWATCH_LOGS,
  firehose: FIREHOSE,
  lambda: LAMBDA,
}

/** Members that lists hand on as they came, to what pages all of them. */
const PAGING = new Set(['pageSize', 'marker', 'ascendingOrder', 'maxResults', 'nextToken', 'Marker', 'MaxItems'])

/**
 * Watches which members of their inputs handlers look at, so that what is taken and then ignored is found. A member that is
 * merely copied along with all others (`...request`, `Object.entries`) was not looked at, unless it pages.
 */
export class InputReads {
  /** `iot.CreatePolicy` → `policyName`, `tags.Key` */
  readonly #read = new Map<string, Set<string>>()

  readonly watch: WatchInput = (input, operation, service) => {
    const key = `${apiOf(service)}.${operation}`
    const paths = this.#read.get(key) ?? new Set()
    this.#read.set(key, paths)
    return watched(input, '', paths)
  }

  /**
   * Members of called operations that no call looked at: `iot.CreatePolicy tags`. Of a structure, the outermost.
   * @param known members that are known not to be looked at, with the reason; `iot.CreatePolicy tags.*` is all within
   * @param elsewhere operations that are none of the caller's business
   * @returns those, and what is said to be known and is looked at after all
   */
  async ignored(known: Readonly<Record<string, string>>, elsewhere: RegExp): Promise<string[]> {
    const found = (await this.#ignored()).filter((member) => !elsewhere.test(member))
    const within = (member: string) => member.replace(/\.[^. ]+$/, '.*')
    const isKnown = (member: string) => Object.hasOwn(known, member) || Object.hasOwn(known, within(member))
    const named = new Set(found.flatMap((member) => [member, within(member)]))
    const unfounded = Object.keys(known).filter((member) => !named.has(member))
    return [...found.filter((member) => !isKnown(member)), ...unfounded.map((member) => `${member} is looked at`)]
  }

  /** Operations that a server has and that were not called: `iot.CreatePolicy`. */
  async uncalled(url: string): Promise<string[]> {
    const services = (await (await fetch(`${url}/_local/coverage`)).json()) as ServiceCoverage[]
    return services.flatMap(({ signingName, operations }) =>
      operations
        .filter(({ implemented }) => implemented)
        .map(({ name }) => `${apiOf(signingName)}.${name}`)
        .filter((operation) => !this.#read.has(operation)),
    )
  }

  async #ignored(): Promise<string[]> {
    const ignored: string[] = []
    for (const [api, { load }] of Object.entries(APIS)) {
      const members = inputMembers(await load())
      for (const [key, read] of this.#read) {
        const [called, operation = ''] = key.split('.')
        if (called !== api) continue
        const unread = (members.get(operation) ?? []).filter((path) => !read.has(path))
        const outermost = unread.filter((path) => !unread.includes(path.slice(0, path.lastIndexOf('.'))))
        ignored.push(...outermost.map((path) => `${key} ${path}`))
      }
    }
    return ignored.sort()
  }
}

function apiOf(signingName: string): string {
  const apis = Object.entries(APIS)
  return apis.find(([, { traits }]) => traits.signingNames.some((name) => name === signingName))?.[0] ?? signingName
}

function watched<Value extends object>(value: Value, path: string, paths: Set<string>): Value {
  const described = new Set<string>()
  return new Proxy(value, {
    // Copying, and writing as JSON, ask for the descriptor of each member before its value; looking at a member does not.
    getOwnPropertyDescriptor(target, name) {
      if (typeof name === 'string') described.add(name)
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof name !== 'string') return member
      const isCopied = described.delete(name)
      const isItem = Array.isArray(target)
      const memberPath = isItem ? path : path === '' ? name : `${path}.${name}`
      if (!isItem && (!isCopied || PAGING.has(name))) paths.add(memberPath)
      return isPlain(member) ? watched(member, memberPath, paths) : member
    },
  })
}

function isPlain(value: unknown): value is object {
  if (Array.isArray(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
