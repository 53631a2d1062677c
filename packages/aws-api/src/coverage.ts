import type { AwsApi, ServedService } from './api.ts'

/** How much of a service is there. */
export interface ServiceCoverage extends ServedService {
  readonly implementedCount: number
  readonly operationCount: number
}

/** Which operations of each service have a handler and which are answered 501. */
export function coverage(api: AwsApi): ServiceCoverage[] {
  return api.services.map((service) => ({
    ...service,
    implementedCount: service.operations.filter(({ implemented }) => implemented).length,
    operationCount: service.operations.length,
  }))
}
