import { matchesGlob } from 'node:path/posix'
import { findCircles } from './circles.ts'
import type { Import } from './imports.ts'
import { EXCEPTIONS, type Exception, FLOORS, type Floor, INNER_ROOMS } from './rooms.ts'

/** An import that goes through a wall. */
export interface Breach {
  readonly file: string
  readonly specifier: string
  /** The rule that it breaks, and what to do instead. */
  readonly rule: string
}

const TABLE = 'scripts/walls/rooms.ts'

/** Every import that goes through a wall of {@link FLOORS} or {@link INNER_ROOMS}, and every circle between files. */
export function findBreaches(imports: ReadonlyMap<string, readonly Import[]>): Breach[] {
  const breaches = foldersWithoutRoom([...imports.keys()])
  const edges = new Map<string, string[]>()
  const needed = new Set<Exception>()
  for (const [file, found] of imports) {
    const targets: string[] = []
    for (const { specifier, file: target, isStart } of found) {
      const rule = isStart && !isInHouse(file) ? undefined : brokenRule(file, specifier, target)
      const exception = rule === undefined ? undefined : exceptionFor(file, target)
      if (exception !== undefined) needed.add(exception)
      else if (rule !== undefined) breaches.push({ file, specifier, rule })
      if (target !== undefined && !isStart) targets.push(target)
    }
    edges.set(file, targets)
  }
  for (const exception of EXCEPTIONS) {
    if (needed.has(exception)) continue
    const rule = `Nothing needs the exception for ${exception.file} any more: take it out of ${TABLE}.`
    breaches.push({ file: exception.file, specifier: '', rule })
  }
  for (const circle of findCircles(edges)) {
    const [file = '', ...others] = circle
    const rule = 'These files import each other in a circle: move what they share into a file that both import.'
    breaches.push({ file, specifier: [...others, file].join(' → '), rule })
  }
  return breaches
}

function brokenRule(file: string, specifier: string, target: string | undefined): string | undefined {
  const own = roomOf(file)
  if (own?.floor === undefined) return undefined // who has no room is named once, not at each import
  if (target === undefined) return brokenByDependency(file, specifier, own.name, own.floor)
  if (!isTest(file) && isTest(target)) return 'What runs imports nothing of the tests: move it out of them.'
  const other = roomOf(target)
  if (other?.name === own.name) return brokenInside(own.name, file, target)
  if (other?.floor === undefined) return undefined
  if (other.name === 'scripts' && isTest(file)) return undefined // tests start servers by it
  if (FLOORS.indexOf(other.floor) >= FLOORS.indexOf(own.floor)) return own.floor.rule
  if (other.name.startsWith('apps/')) return 'Apps are started as processes, by scripts/run: import nothing of them.'
  if (specifier.startsWith('.') && isInHouse(own.name))
    return 'Another room is imported by the name of its package, not by a path into its source.'
  return undefined
}

function brokenByDependency(file: string, specifier: string, room: string, floor: Floor): string | undefined {
  if (!floor.isPure) return undefined
  const dependencies = floor.rooms[room]?.dependencies ?? []
  if (dependencies.some((name) => specifier === name || specifier.startsWith(`${name}/`))) return undefined
  if (isTest(file) && !specifier.startsWith('node:')) return undefined
  return `Floor 1 runs in the browser and in the server: no Node, no DOM, and of npm only what ${TABLE} names.`
}

function brokenInside(app: string, file: string, target: string): string | undefined {
  const rooms = INNER_ROOMS[app]
  const source = `${app}/src/`
  if (rooms === undefined || !file.startsWith(source) || !target.startsWith(source)) return undefined
  const own = innerRoomOf(file.slice(source.length), Object.keys(rooms))
  const other = innerRoomOf(target.slice(source.length), Object.keys(rooms))
  if (own === undefined || other === undefined || own.folder === other.folder) return undefined
  const { imports, instead } = rooms[own.name] ?? { imports: [], instead: '' }
  const isOpen = imports.some((each) => each === other.name || matchesGlob(target.slice(source.length), each))
  return isOpen ? undefined : instead
}

/** A folder that the table does not know has no walls, which is a breach itself. */
function foldersWithoutRoom(files: readonly string[]): Breach[] {
  const homeless = new Map<string, string>()
  for (const file of files) {
    const { name = '', floor } = roomOf(file) ?? {}
    const source = `${name}/src/`
    const inner = INNER_ROOMS[name]
    if (name !== '' && floor === undefined)
      homeless.set(name, `${name} stands on no floor: give it a line in ${TABLE}.`)
    else if (inner && file.startsWith(source) && !innerRoomOf(file.slice(source.length), Object.keys(inner))) {
      const folder = file.split('/').slice(0, 4).join('/')
      homeless.set(folder, `${folder} is no room of ${name}: move it into one, or give it a line in ${TABLE}.`)
    }
  }
  return [...homeless].map(([file, rule]) => ({ file, specifier: '', rule }))
}

/** The room that a path below `src` lies in: its name in the table, and the folder that it is. */
function innerRoomOf(path: string, names: readonly string[]): { name: string; folder: string } | undefined {
  const folders = path.split('/').slice(0, -1)
  for (let depth = folders.length; depth > 0; depth -= 1) {
    const folder = folders.slice(0, depth).join('/')
    const name = names.find((each) => matchesGlob(folder, each))
    if (name !== undefined) return { name, folder }
  }
  return folders.length === 0 && names.includes('.') ? { name: '.', folder: '.' } : undefined
}

/** The room of the house that a path lies in, without floor where the table does not know it. */
function roomOf(path: string): { name: string; floor: Floor | undefined } | undefined {
  const [first = '', second = ''] = path.split('/')
  const name = first === 'packages' || first === 'apps' ? `${first}/${second}` : first
  return name === path ? undefined : { name, floor: FLOORS.find(({ rooms }) => name in rooms) }
}

const isInHouse = (name: string) => name.startsWith('packages/') || name.startsWith('apps/')
const isTest = (file: string) => /(?:^|\/)test\/|\.(?:test|spec|test-support)\.tsx?$/.test(file)
const exceptionFor = (file: string, target = '') =>
  EXCEPTIONS.find((each) => matchesGlob(file, each.file) && matchesGlob(target, each.imports))
