import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Route, Router } from './router.ts'
import { parseTarget } from './uri.ts'

const route = (method: string, pattern: string, greedy = false): Route<string> => {
  return { method, pattern, greedy, target: `${method} ${pattern}` }
}

function find(router: Router<string>, request: string) {
  const [method = '', url = ''] = request.split(' ')
  const target = parseTarget(url)
  const found = target && router.find(method, target.segments, target.query)
  return typeof found === 'object' ? [found.target, Object.fromEntries(found.labels)] : found
}

describe('routes of AWS IoT', () => {
  const router = new Router([
    route('POST', '/things'),
    route('GET', '/things'),
    route('POST', '/things/{thingName}'),
    route('GET', '/things/{thingName}/jobs'),
    route('GET', '/things/{thingName}/jobs/{jobId}'),
    route('POST', '/things/{thingName}/jobs/{jobId}'),
    route('PUT', '/things/{thingName}/jobs/$next'),
    route('GET', '/destinations'),
    route('GET', '/destinations/{arn+}'),
    route('POST', '/topics/{topic}', true),
    route('GET', '/logs/{path+}/tail/{count}'),
    route('GET', '/logs/{path+}'),
    route('GET', '/search?type=thing'),
    route('GET', '/search'),
  ])

  test.each([
    ['POST /things', 'POST /things', {}],
    ['POST /things/pump-7', 'POST /things/{thingName}', { thingName: 'pump-7' }],
    ['POST /things/a%2Fb', 'POST /things/{thingName}', { thingName: 'a/b' }],
    ['PUT /things/a/jobs/$next', 'PUT /things/{thingName}/jobs/$next', { thingName: 'a' }],
    ['PUT /things/a/jobs/%24next', 'PUT /things/{thingName}/jobs/$next', { thingName: 'a' }],
    ['GET /things/a/jobs/$next', 'GET /things/{thingName}/jobs/{jobId}', { thingName: 'a', jobId: '$next' }],
    ['GET /destinations/arn:a/b/c', 'GET /destinations/{arn+}', { arn: 'arn:a/b/c' }],
    ['GET /destinations/arn%3Aa%2Fb', 'GET /destinations/{arn+}', { arn: 'arn:a/b' }],
    ['POST /topics/a//b/', 'POST /topics/{topic}', { topic: 'a//b/' }],
    ['POST /topics//', 'POST /topics/{topic}', { topic: '/' }],
    ['GET /logs/a/b/tail/5', 'GET /logs/{path+}/tail/{count}', { path: 'a/b', count: '5' }],
    ['GET /logs/a/tail', 'GET /logs/{path+}', { path: 'a/tail' }],
    ['GET /search?type=thing&x=1', 'GET /search?type=thing', {}],
    ['GET /search?type=group', 'GET /search', {}],
  ])('%s → %s %j', (request, target, labels) => {
    expect(find(router, request)).toEqual([target, labels])
  })

  test.each([
    ['GET /thing', undefined, 'no such path'],
    ['GET /things/', undefined, 'a label is not empty'],
    ['POST /topics/', undefined, 'a greedy label is not empty'],
    ['POST /topics', undefined, 'nor absent'],
    ['GET /', undefined, 'the root'],
    ['POST /destinations', 'method', 'known with GET'],
    ['DELETE /things/a/jobs/$next', 'method', 'known with PUT'],
    ['DELETE /destinations/x', 'method', 'known with GET, greedy'],
    ['GET /constructor/__proto__', undefined, 'names of Object.prototype'],
    ['constructor /things', 'method', 'a method of that name'],
  ])('%s → %s (%s)', (request, expected, _why) => {
    expect(find(router, request)).toBe(expected)
  })
})

test('a slash at the end counts, where the pattern has it or the route says so', () => {
  const router = new Router([
    route('GET', '/closed'),
    route('GET', '/open/'),
    { ...route('GET', '/both/{x}?y=1'), trailingSlash: true },
  ])
  expect(find(router, 'GET /closed/')).toBeUndefined()
  expect(find(router, 'GET /open')).toBeUndefined()
  expect(find(router, 'GET /open/')).toEqual(['GET /open/', {}])
  for (const path of ['/both/a?y=1', '/both/a/?y=1']) {
    expect(find(router, `GET ${path}`)).toEqual(['GET /both/{x}?y=1', { x: 'a' }])
  }
  expect(find(router, 'GET /both/a//?y=1')).toBeUndefined()
})

test('refuses two routes that no request can tell apart', () => {
  expect(() => new Router([route('GET', '/a/{x}'), route('GET', '/a/{y}')])).toThrow('GET /a/{y}')
  expect(() => new Router([route('GET', '/a/{x+}'), route('GET', '/a/{y+}')])).toThrow('GET /a/{y+}')
})

describe('finds what a search through all patterns finds', () => {
  const segment = fc.constantFrom('a', 'b', '{x}')
  const pattern = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/{r+}', '/{r+}/b'))
    .map(([segments, tail]) => `/${segments.map((text, index) => text.replace('x', `x${index}`)).join('/')}${tail}`)
  const path = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 6 })

  /** Literal before label before greedy label, segment by segment; a longer tail behind a greedy label first. */
  const rank = (text: string) => {
    const [head = '', tail = ''] = text.split('{r+}')
    const kinds = head.split('/').map((part) => (part.startsWith('{') ? '1' : '0'))
    return `${text.includes('{r+}') ? kinds.join('').slice(0, -1) : kinds.join('')}2${9 - tail.length}`
  }
  const toRegExp = (text: string) => {
    const source = text.replaceAll('{r+}', '.+').replaceAll(/\{x\d\}/g, '[^/]+')
    return new RegExp(`^${source}$`)
  }

  test('for any patterns and paths', () => {
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 12 }), path, (patterns, segments) => {
        const router = new Router(patterns.map((text) => route('GET', text)))
        const url = `/${segments.join('/')}`
        const fitting = patterns.filter((text) => toRegExp(text).test(url))
        const best = fitting.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0]
        const found = router.find('GET', segments, [])
        expect(typeof found === 'object' ? found.target : undefined).toBe(best && `GET ${best}`)
      }),
      { numRuns: 500 },
    )
  })
})
