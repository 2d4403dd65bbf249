// make(6) and check in a loop.  usage: java Trees THREADS TREES   prints the seconds of all threads together
public class Trees {
  static final class Node {
    final Node left, right;
    Node(Node left, Node right) {
      this.left = left;
      this.right = right;
    }
  }
  static Node make(int depth) {
    return depth == 0 ? new Node(null, null) : new Node(make(depth - 1), make(depth - 1));
  }
  static int check(Node n) { return n.left == null ? 1 : 1 + check(n.left) + check(n.right); }

  static double measure(int threads, int trees) throws Exception {
    long[] out = new long[threads];
    Thread[] workers = new Thread[threads];
    long start = System.nanoTime();
    for (int t = 0; t < threads; t++) {
      final int id = t;
      workers[t] = new Thread(() -> {
        long nodes = 0;
        for (int i = 0; i < trees; i++) nodes += check(make(6));
        out[id] = nodes;
      });
      workers[t].start();
    }
    for (Thread w : workers) w.join();
    double seconds = (System.nanoTime() - start) / 1e9;
    for (long n : out) if (n != 127L * trees) throw new Exception("wrong result " + n);
    return seconds;
  }
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]), trees = Integer.parseInt(args[1]);
    measure(1, trees / 4);
    System.out.println(measure(threads, trees));
  }
}
