import { AppError } from "@/lib/app-error";
import { apiRoute } from "@/lib/server/http";

/** There is no such call. */
const notFound = apiRoute(() => {
  throw new AppError("not_found", "There is no such address.");
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
