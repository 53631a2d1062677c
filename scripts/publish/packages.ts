import { join } from 'node:path'
import type { InputOptions } from 'rolldown'

/** A package as it is published, and what it is made of. */
export interface PublishedPackage {
  readonly name: string
  readonly description: string
  readonly keywords: readonly string[]
  /** Folder with its README.md, below the project. */
  readonly readme: string
  /** Bundles, by the name of their file in `dist`: what each begins with, below the project. */
  readonly entries: Readonly<Record<string, string>>
  /** The bundle that `import` gives, with types; left out where nothing is to be imported. */
  readonly library?: string
  /** Further bundles that can be imported by others of these packages. */
  readonly furtherExports?: Readonly<Record<string, string>>
  /** The commands: files of plain JavaScript, by name. */
  readonly bin?: Readonly<Record<string, string>>
  /** Files and folders that are taken along, by where they go in the package, below the project. */
  readonly files?: Readonly<Record<string, string>>
  /** Rooms of the house that are a package of their own: they are depended on. All others become a part of the bundle. */
  readonly rooms: 'depended on' | 'bundled'
  /** It has no import that does something by itself, so that bundlers leave out what is not used. */
  readonly isPure: boolean
  /** What takes the place of a file of the project. */
  readonly replaced?: Readonly<Record<string, string>>
  /** Where `new URL(…, import.meta.url)` leads out of a folder: where that is in `dist`. */
  readonly places?: Readonly<Record<string, string>>
  /** What people are told to type: as it is in a checkout, and as it is here. */
  readonly commands?: Readonly<Record<string, string>>
  readonly platform: NonNullable<InputOptions['platform']>
  /** Whether the console's built pages are in it. */
  readonly hasWebApp?: true
}

/** What has meaning alone: no Node, no DOM. */
const room = (folder: string, description: string, keywords: readonly string[]): PublishedPackage => ({
  name: `@thingdeck/${folder}`,
  description,
  keywords: ['aws', 'iot', ...keywords],
  readme: `packages/${folder}`,
  entries: { index: `packages/${folder}/src/index.ts` },
  library: 'index',
  rooms: 'depended on',
  isPure: true,
  platform: 'neutral',
})

const NEEDED_NODE = 'scripts/publish/needed-node.js'

/** Who is depended on comes before those that depend on it: so they are published. */
export const PUBLISHED: readonly PublishedPackage[] = [
  room('json', 'JSON that loses nothing: numbers keep their digits, objects the order of their keys', [
    'json',
    'lossless',
  ]),
  room('topics', "MQTT topic names, topic filters, shared subscriptions and AWS IoT's reserved topics", [
    'mqtt',
    'topic',
  ]),
  room('policies', 'Decides what AWS IoT policies allow, and says why', ['policy', 'iam', 'authorization']),
  room('shadows', "What AWS IoT's Device Shadow service does with a document, as pure functions", ['device-shadow']),
  room('rules-sql', "The SQL of AWS IoT's topic rules: parsed, run, explained", ['sql', 'rules']),
  {
    name: '@thingdeck/local',
    description: 'An embedded AWS IoT Core for tests and development: real SDKs, real MQTT over TLS, enforced policies',
    keywords: ['aws', 'iot', 'mqtt', 'broker', 'emulator', 'test'],
    readme: 'apps/local',
    entries: { index: 'apps/local/src/index.ts', command: 'apps/local/src/main.ts' },
    library: 'index',
    furtherExports: { './command': 'command' },
    bin: { 'thingdeck-local': 'bin.js' },
    files: { 'bin.js': 'scripts/publish/local/bin.js', 'needed-node.js': NEEDED_NODE },
    rooms: 'bundled',
    isPure: false,
    platform: 'node',
  },
  {
    name: 'thingdeck',
    description: "An operator's console for AWS IoT Core, and an embedded AWS IoT Core to run it on",
    keywords: ['aws', 'iot', 'mqtt', 'console', 'device-shadow'],
    readme: 'scripts/publish/thingdeck',
    entries: {
      start: 'scripts/start.ts',
      console: 'apps/bff/src/main.ts',
      fleet: 'apps/fleet/src/main.ts',
    },
    bin: { thingdeck: 'bin.js' },
    files: {
      'bin.js': 'scripts/publish/thingdeck/bin.js',
      'needed-node.js': NEEDED_NODE,
      'samples/functions': 'samples/functions',
    },
    rooms: 'bundled',
    isPure: false,
    replaced: { 'scripts/run/layout.ts': 'scripts/publish/thingdeck/layout.ts' },
    places: { '../../web/dist': './web' },
    commands: { 'npm start --': 'npx thingdeck' },
    platform: 'node',
    hasWebApp: true,
  },
]

/** The least Node that runs them: `RegExp.escape` is there from 24. */
export const NEEDED_NODE_VERSION = '>=24'

/** The folder of a built package. */
export function packageFolder(out: string, { name }: Pick<PublishedPackage, 'name'>): string {
  return join(out, name.replace('@', '').replace('/', '-'))
}
