import type { MakeAttack } from './attack.ts'
import { Console } from './console.ts'
import { Forgetful } from './forgetful.ts'
import { Frames } from './frames.ts'
import { FullDisk } from './full-disk.ts'
import { Greedy } from './greedy.ts'
import { Kill } from './kill.ts'
import { KillConsole } from './kill-console.ts'
import { workWriters } from './kill-work/writers.ts'
import { Requests } from './requests.ts'
import { WRITERS } from './writers.ts'

/** All attacks, in the order of their turns. */
export const ATTACKS: Readonly<Record<string, MakeAttack>> = {
  kill: () => new Kill('kill', [...WRITERS.map((make) => make()), new Forgetful()]),
  'kill-work': () => new Kill('kill-work', workWriters()),
  'kill-console': () => new KillConsole(),
  'full-disk': () => new FullDisk(),
  frames: () => new Frames(),
  greedy: () => new Greedy(),
  requests: () => new Requests(),
  console: () => new Console(),
}
