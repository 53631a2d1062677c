import ajvCompiler from '@fastify/ajv-compiler'
import serializerCompiler from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type CompilersFactory = Required<NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>>
type Validate = ReturnType<ReturnType<CompilersFactory['buildValidator']>>
type Serialize = ReturnType<ReturnType<CompilersFactory['buildSerializer']>>

/**
 * Fastify's own compilers, each of whose functions is made when an endpoint is first asked. Hundreds of schemas made at the
 * start were half of the processor time that it took; a schema that nothing can be made of is found by the tests, which ask
 * every endpoint.
 */
export function lazySchemas(): CompilersFactory {
  const validators = ajvCompiler()
  const serializers = serializerCompiler()
  return {
    buildValidator: (...shared: Parameters<CompilersFactory['buildValidator']>) => {
      const compile = validators(...shared)
      return (...route: Parameters<typeof compile>) => lazyValidate(() => compile(...route))
    },
    buildSerializer: (...shared: Parameters<CompilersFactory['buildSerializer']>) => {
      const compile = serializers(...shared)
      return (...route: Parameters<typeof compile>) => lazySerialize(() => compile(...route))
    },
  }
}

function lazyValidate(make: () => Validate): Validate {
  let made: Validate | undefined
  const validate = (data: unknown) => {
    made ??= make()
    const isValid = made(data)
    lazy.errors = made.errors ?? null
    return isValid
  }
  const lazy: Pick<Validate, 'errors'> & typeof validate = Object.assign(validate, { errors: null })
  return lazy as Validate // Fastify calls it and reads its errors, and has no use for what else a function of AJV has
}

function lazySerialize(make: () => Serialize): Serialize {
  let made: Serialize | undefined
  return (document) => {
    made ??= make()
    return made(document)
  }
}
