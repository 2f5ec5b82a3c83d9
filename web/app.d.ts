/** What the server hands to the site with each request. */
declare global {
  namespace App {
    interface Platform {
      /** The API, called inside the process in the name of whoever asks for the page. The path starts with `/api/`. */
      api(path: string, call: { method: string; headers: Record<string, string>; body?: string | Uint8Array }): Promise<Response>
    }
    interface Locals {
      /** What the API gave to the person's browser while the page was made: the cookies of signing in and out. */
      cookies: string[]
    }
    interface Error {
      message: string
      code?: string
    }
  }
}

export {}
