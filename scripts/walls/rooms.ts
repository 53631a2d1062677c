/**
 * The rooms of the house and the walls between them: the one table that `npm test -- lint` checks every import against.
 * docs/architecture.md draws the same. A new package or app is one line here; a new service, feature or module is none,
 * as `*` in the name of a room stands for every folder there.
 */

/** Rooms that import from the floors below theirs, and from no other room of their own. */
export interface Floor {
  readonly rule: string
  /** Runs in the browser and in the server: no Node, no DOM, and of npm's packages only those that a room names. */
  readonly isPure?: true
  /** By their folders. */
  readonly rooms: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>
}

/** From the ground up. */
export const FLOORS: readonly Floor[] = [
  {
    rule: 'Json and topics lie under all others and import no other room: let the caller pass in what is needed.',
    isPure: true,
    rooms: { 'packages/json': {}, 'packages/topics': {} },
  },
  {
    rule: 'Floor 1 imports json and topics, and no other room: let the caller pass in what is needed.',
    isPure: true,
    rooms: {
      'packages/policies': {},
      'packages/shadows': {},
      'packages/rules-sql': { dependencies: ['@noble/hashes'] },
      'packages/provisioning': {},
      'packages/fleet-query': {},
      'packages/jobs': {},
      'packages/commands': {},
    },
  },
  {
    rule: 'Floor 2 imports floor 1, and no other room of floor 2 or 3: let the caller pass in what is needed.',
    rooms: {
      'packages/aws-api': {},
      'packages/broker': {},
      'packages/certificates': {},
      'packages/contract': {},
      'packages/rule-actions': {},
      'packages/sigv4': {},
    },
  },
  {
    rule: 'Apps import floors 1 and 2, never each other nor what is around the house: they meet over HTTP and MQTT.',
    rooms: { 'apps/bff': {}, 'apps/fleet': {}, 'apps/local': {}, 'apps/web': {} },
  },
  // Around the house: what starts, tests and measures it.
  {
    rule: 'Scripts import nothing of e2e and bench, which stand on them: move it into scripts.',
    rooms: { scripts: {} },
  },
  {
    rule: 'The conformance run imports nothing of the browser tests and the benchmarks: move it into scripts.',
    rooms: { conformance: {} },
  },
  { rule: 'Browser tests import nothing of the benchmarks: move it into scripts.', rooms: { e2e: {} } },
  { rule: 'Nothing stands on the benchmarks.', rooms: { bench: {} } },
]

/** A room inside an app, by its folder below `src`. `.` is what lies in `src` itself and in no other room. */
export interface InnerRoom {
  /**
   * The other rooms it imports from, and single files of rooms that are closed otherwise; `**` is everything. Files of
   * one room import each other; where its name ends in `*`, every folder there is a room of its own.
   */
  readonly imports: readonly string[]
  /** What to do instead of breaching the wall. */
  readonly instead: string
}

const ALL = ['**']

export const INNER_ROOMS: Readonly<Record<string, Readonly<Record<string, InnerRoom>>>> = {
  'apps/local': {
    foundation: { imports: [], instead: 'Foundation knows nobody: let the room above pass in what is needed.' },
    access: {
      imports: ['foundation'],
      instead: 'Access knows others by contracts: state one in foundation, and let compose join the two.',
    },
    messaging: {
      imports: ['foundation'],
      instead: 'Messaging knows others by contracts: state one in foundation, and let compose join the two.',
    },
    'services/*': {
      imports: ['foundation'],
      instead: 'A service knows others by contracts: state one in foundation, and let compose join the two.',
    },
    doors: {
      imports: ['foundation'],
      instead: 'Doors know others by contracts: state one in foundation, and let compose pass in what is needed.',
    },
    '.': {
      imports: ['foundation', 'access', 'messaging', 'doors', 'services/*/index.ts'],
      instead: 'Compose enters a service by its index.ts alone: let the service say there what it offers.',
    },
  },
  'apps/bff': {
    aws: { imports: ['.'], instead: 'What talks to AWS knows no route: let the module that uses it pass in the rest.' },
    stores: {
      imports: ['aws', '.'],
      instead: 'A store knows no route: move what both need into contract or the store.',
    },
    plugins: {
      imports: ['aws', 'stores', '.'],
      instead: 'A plugin knows no module: let the module use the plugin and pass in what is its own.',
    },
    'modules/*': {
      imports: ['aws', 'stores', 'plugins', '.', 'modules/module.ts'],
      instead: 'A module never imports another: move what both need into plugins, aws, stores or contract.',
    },
    modules: { imports: ALL, instead: '' },
    '.': { imports: ALL, instead: '' },
  },
  'apps/web': {
    shared: { imports: [], instead: 'Shared imports no feature: let the feature pass in what is its own.' },
    'features/live/protocol': {
      imports: ['shared'],
      instead: 'What the page and the worker of live messages say to each other knows neither of them.',
    },
    'features/live/worker': {
      imports: ['features/live/protocol', 'shared'],
      instead: 'The worker of live messages runs without a page: what both need lies in protocol or shared.',
    },
    'features/live/page': {
      imports: ['features/live/protocol', 'shared'],
      instead: 'The page of live messages asks its worker by the protocol: what both need lies there or in shared.',
    },
    'features/live': {
      imports: ['features/live/page', 'shared'],
      instead: 'What the feature says of itself leads to its page; app joins its worker with the MQTT session.',
    },
    'features/*': {
      imports: ['shared'],
      instead: 'A feature never imports another, nor app: move what both need into shared, or let app compose them.',
    },
    app: { imports: ['features/**', 'shared'], instead: 'Only main composes app.' },
    '.': { imports: ALL, instead: '' },
  },
}

/** An import through a wall that stays. */
export interface Exception {
  readonly file: string
  readonly imports: string
  readonly reason: string
}

/** What nothing needs any more is a breach as well. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    file: 'bench/measure/fleet.ts',
    imports: 'apps/local/src/**',
    reason: 'a million things are put into the account before the server starts: by its API that would take an hour',
  },
  {
    file: 'bench/start/in-process.ts',
    imports: 'apps/local/src/index.ts',
    reason: 'what is measured is how long the embedded server takes to start as a library',
  },
  {
    file: 'bench/rules-engine/engine.ts',
    imports: 'apps/local/src/**',
    reason: 'what the rules engine costs a message is less than what its way through a broker varies by',
  },
  {
    file: 'bench/inspector-engine.ts',
    imports: 'apps/web/src/**',
    reason: 'what the worker of the live messages can take is measured without a browser around it',
  },
]
