// make(6), check and free in a loop.  usage: trees THREADS TREES   prints the seconds of all threads together
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct node {
  struct node *left, *right;
};

static struct node* make(int depth) {
  struct node* n = malloc(sizeof *n);
  n->left = depth == 0 ? NULL : make(depth - 1);
  n->right = depth == 0 ? NULL : make(depth - 1);
  return n;
}

static int check(const struct node* n) { return n->left == NULL ? 1 : 1 + check(n->left) + check(n->right); }

static void drop(struct node* n) {
  if (n->left != NULL) {
    drop(n->left);
    drop(n->right);
  }
  free(n);
}

static void* work(void* trees) {
  long nodes = 0;
  for (long i = 0; i < (long)trees; ++i) {
    struct node* n = make(6);
    nodes += check(n);
    drop(n);
  }
  if (nodes != 127 * (long)trees) abort();
  return NULL;
}

int main(int argc, char** argv) {
  const int threads = argc > 1 ? atoi(argv[1]) : 1;
  const long trees = argc > 2 ? atol(argv[2]) : 1;
  pthread_t ids[64];
  struct timespec begin, end;
  work((void*)(trees / 4));
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int t = 0; t < threads && t < 64; ++t) pthread_create(&ids[t], NULL, work, (void*)trees);
  for (int t = 0; t < threads && t < 64; ++t) pthread_join(ids[t], NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%f\n", (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
  return 0;
}
