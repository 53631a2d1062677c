import type { AwsApi, ServedService } from './api.ts'

/** How much of a service is there. */
export interface ServiceCoverage extends ServedService {
  readonly implementedCount: number
  readonly operationCount: number
}

/**
 * Which operations of each service have a handler and which are answered 501. Loads all services: a test that asks for it
 * finds whatever is wrong in one of them.
 */
export async function coverage(api: AwsApi): Promise<ServiceCoverage[]> {
  const services = await api.describeServices()
  return services.map((service) => ({
    ...service,
    implementedCount: service.operations.filter(({ implemented }) => implemented).length,
    operationCount: service.operations.length,
  }))
}
